import { openSlackAdapter, type SlackAdapter } from '../../../src/bots/slack/adapter.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import { parseSettings, type Settings } from '../../../src/config/index.ts';
import type { AppError } from '../../../src/errors.ts';
import { FakeSlack, type FakeSlackOptions } from '../../support/fake-slack/fake-slack.ts';

export const call = { signal: new AbortController().signal };

export interface SlackHome extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly adapter: SlackAdapter;
  /** What the adapter has handed over. */
  readonly incoming: readonly Incoming[];
  /** What went wrong where nobody waited for an answer. */
  readonly problems: readonly AppError[];
}

export type Way = 'socket' | 'http';

/** The settings of a bot in the workspace of a fake Slack. */
export function settingsFor(
  slack: FakeSlack,
  way: Way,
  more: Record<string, string> = {},
): Settings {
  return parseSettings({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(way === 'socket'
      ? { SLACK_APP_TOKEN: slack.app.appToken }
      : { SLACK_SIGNING_SECRET: slack.app.signingSecret, SLACK_PORT: '0' }),
    ...more,
  });
}

/** An adapter in a Slack of its own, started. */
export async function slackHome(
  way: Way = 'socket',
  options: FakeSlackOptions & { readonly beforeKept?: () => void } = {},
): Promise<SlackHome> {
  const slack = await FakeSlack.start(options);
  const incoming: Incoming[] = [];
  const problems: AppError[] = [];
  const adapter = adapterIn(slack, way, (error) => problems.push(error));
  await adapter.start(async (one) => {
    options.beforeKept?.();
    incoming.push(one);
  }, call);
  if (adapter.url !== undefined) await slack.sendTo(adapter.url);
  return {
    slack,
    adapter,
    incoming,
    problems,
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}

export function adapterIn(
  slack: FakeSlack,
  way: Way,
  onFault: (error: AppError) => void = () => {},
): SlackAdapter {
  const settings = settingsFor(slack, way);
  const adapter = openSlackAdapter({ settings, clock: slack.clock, onFault });
  if (!adapter) throw new Error('Slack is not set up.');
  return adapter;
}
