import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';
import { z } from 'zod';

import type { FakeSlackOptions } from './fake-slack.ts';

const Manifest = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ callback_id: z.string() })),
    slash_commands: z.array(z.object({ command: z.string() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** The app as the project's own manifest makes it. */
export async function appOfManifest(): Promise<FakeSlackOptions> {
  const url = new URL('../../../deploy/slack-manifest.yaml', import.meta.url);
  const { features, oauth_config, settings } = Manifest.parse(parse(await readFile(url, 'utf8')));
  return {
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    shortcuts: features.shortcuts.map(({ callback_id }) => callback_id),
    commands: features.slash_commands.map(({ command }) => command),
  };
}
