import type { SlackAdapter } from '../../bots/slack/adapter.ts';
import type { Settings } from '../../config/index.ts';
import type { Logger } from '../../logger.ts';
import { sparing } from '../../sparing.ts';

export interface SlackOfProcess {
  readonly adapter: SlackAdapter;
  /** What is to be said of it once the bot has started. */
  readonly line: () => string;
}

/** Slack, where the settings have its tokens. Its client takes a while to load, for those alone who use it. */
export async function openSlack(
  settings: Settings,
  log: Logger,
): Promise<SlackOfProcess | undefined> {
  const { SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many } = settings;
  if ((one ?? many) === undefined) return undefined;
  const { openSlackAdapter } = await import('../../bots/slack/adapter.ts');
  const onFault = sparing((error, repeats) => log.fault('Slack failed', error, { repeats }));
  const adapter = openSlackAdapter({ settings, onFault });
  return (
    adapter && {
      adapter,
      line: () =>
        adapter.url === undefined
          ? 'On Slack, by Socket Mode.'
          : `On Slack, which is to send its requests on to ${adapter.url}.`,
    }
  );
}
