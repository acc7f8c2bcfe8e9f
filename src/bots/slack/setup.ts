import type { SlackSettings } from '../../config/slack.ts';

/** What the bot may do, as the manifest asks for it. */
export const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'mpim:history',
  'reactions:read',
  'users:read',
] as const;

/** How the bot is at Slack. */
export interface SlackSetup {
  readonly apiUrl: string;
  readonly transport: Transport;
  readonly workspaces: Workspaces;
}

export type Transport =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly host: string;
      readonly port: number;
    };

export type Workspaces =
  | { readonly kind: 'one'; readonly token: string }
  | {
      readonly kind: 'many';
      readonly clientId: string;
      readonly clientSecret: string;
      /** 32 bytes. */
      readonly tokenKey: Buffer;
    };

/** What the settings say of Slack; undefined where it is not set up. They are complete, or not there at all. */
export function slackSetup(settings: SlackSettings): SlackSetup | undefined {
  const transport = transportOf(settings);
  const workspaces = workspacesOf(settings);
  if (!transport || !workspaces) return undefined;
  return { apiUrl: settings.SLACK_API_URL, transport, workspaces };
}

function transportOf(settings: SlackSettings): Transport | undefined {
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_HOST: host, SLACK_PORT: port } = settings;
  if (signingSecret !== undefined && port !== undefined) {
    return { kind: 'http', signingSecret, host, port };
  }
  const { SLACK_APP_TOKEN: appToken } = settings;
  return appToken === undefined ? undefined : { kind: 'socket', appToken };
}

function workspacesOf(settings: SlackSettings): Workspaces | undefined {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId } = settings;
  if (token !== undefined) return { kind: 'one', token };
  const { SLACK_CLIENT_SECRET: clientSecret, SLACK_TOKEN_KEY: key } = settings;
  if (clientId === undefined || clientSecret === undefined || key === undefined) return undefined;
  return { kind: 'many', clientId, clientSecret, tokenKey: Buffer.from(key, 'hex') };
}
