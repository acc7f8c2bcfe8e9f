import { z } from 'zod';

import { baseUrl, headerText, port, SECRET, text } from './kinds.ts';

const Variables = z.object({
  SLACK_BOT_TOKEN: headerText.optional().meta(SECRET),
  SLACK_APP_TOKEN: headerText.optional().meta(SECRET),
  SLACK_SIGNING_SECRET: headerText.optional().meta(SECRET),
  SLACK_HOST: text.default('127.0.0.1'),
  SLACK_PORT: port.optional(),
  SLACK_CLIENT_ID: headerText.optional(),
  SLACK_CLIENT_SECRET: headerText.optional().meta(SECRET),
  SLACK_TOKEN_KEY: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/i,
      'it is to be 64 hexadecimal digits, as `openssl rand -hex 32` writes them',
    )
    .optional()
    .meta(SECRET),
  SLACK_API_URL: baseUrl.default('https://slack.com/api/'),
});

/** Slack: one workspace by its token or many by installation, and a way for its requests to come. */
export const SlackSettings = Variables.refine(
  ({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many, ...way }) =>
    (one ?? many) === undefined || hasWayToSlack(way),
  {
    path: ['SLACK_APP_TOKEN'],
    error: 'Slack needs it, or SLACK_SIGNING_SECRET and SLACK_PORT, to reach the bot',
  },
)
  .refine(
    ({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many, ...way }) =>
      (one ?? many) !== undefined || !hasWayToSlack(way),
    { path: ['SLACK_BOT_TOKEN'], error: 'without it, or SLACK_CLIENT_ID, the bot can’t answer' },
  )
  .refine(({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many }) => !one || !many, {
    path: ['SLACK_CLIENT_ID'],
    error: 'it is for many workspaces, SLACK_BOT_TOKEN for one; set one of them',
  })
  .refine(
    ({ SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret, SLACK_TOKEN_KEY: key, ...way }) =>
      !id || (secret && key && way.SLACK_SIGNING_SECRET && way.SLACK_PORT !== undefined),
    {
      path: ['SLACK_CLIENT_ID'],
      error:
        'it needs SLACK_CLIENT_SECRET, SLACK_TOKEN_KEY, SLACK_SIGNING_SECRET and SLACK_PORT beside it',
    },
  );

export type SlackSettings = z.infer<typeof Variables>;

type WayToSlack = Pick<SlackSettings, 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'SLACK_PORT'>;

/** Slack comes to the bot with the signing secret; with the app's token the bot goes to Slack. */
function hasWayToSlack(way: WayToSlack): boolean {
  const { SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret, SLACK_PORT: toPort } = way;
  return app !== undefined || (secret !== undefined && toPort !== undefined);
}
