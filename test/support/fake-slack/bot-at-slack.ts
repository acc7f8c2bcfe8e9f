import { freePort } from '../free-port.ts';
import { Product } from '../product.ts';
import type { FakeSlack } from './fake-slack.ts';

export type TransportName = 'Socket Mode' | 'signed requests';

/** For machines that have much else to do: what matters there is that all comes in the end. */
export const BUSY_MACHINE = {
  patience: { withEventsMs: 4_000, withPeopleMs: 30_000 },
} as const;

/** The whole product, at work for the app of a fake Slack. */
export interface BotAtSlack extends AsyncDisposable {
  readonly product: Product;
  /** Ends it, and starts it again: with its folder, and connected. */
  restart(signal?: NodeJS.Signals): Promise<void>;
}

/** @param settings More of them, such as limits. */
export async function startBotAt(
  slack: FakeSlack,
  transport: TransportName,
  settings: Readonly<Record<string, string>> = {},
): Promise<BotAtSlack> {
  const isSocket = transport === 'Socket Mode';
  const port = isSocket ? undefined : await freePort();
  const product = await Product.start({ ...addressOf(slack, port), ...settings });
  if (port === undefined) await slack.sockets.connected();
  else await slack.sendTo(`http://127.0.0.1:${port}/slack/events`);
  return {
    product,
    restart: async (signal) => {
      await product.kill(signal);
      await product.start();
      if (isSocket) await slack.sockets.connected();
    },
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}

/** Where a bot finds a Slack, and with a port is found by it; without one it goes by Socket Mode. */
export const addressOf = (slack: FakeSlack, port?: number): Record<string, string> => ({
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: slack.botToken,
  ...(port === undefined
    ? { SLACK_APP_TOKEN: slack.app.appToken }
    : { SLACK_SIGNING_SECRET: slack.app.signingSecret, SLACK_PORT: String(port) }),
});
