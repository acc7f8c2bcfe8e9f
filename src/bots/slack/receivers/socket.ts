import { SocketModeReceiver, type Receiver } from '@slack/bolt';

import type { AppError } from '../../../errors.ts';
import { SYSTEM_CLOCK } from '../../../queue/clock.ts';
import { pause } from '../../delivery/patience.ts';
import { SILENT } from '../api.ts';
import { slackGone, toSlackError } from '../errors.ts';
import { tokenFailure } from '../installations.ts';

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly onFault: (error: AppError) => void;
}

const RETRY_MS = 250;
const MAX_RETRY_MS = 30_000;
/** Slack greets at once. */
const GREETING_MS = 15_000;
const GOODBYE_MS = 1_000;

/**
 * Socket Mode: a connection that this process opens, and opens again whenever it is lost. Bolt's own
 * reconnecting waits five seconds each time, and gives up where Slack can't be reached just then.
 */
export function socketReceiver({ appToken, apiUrl, onFault }: SocketParts): Receiver {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: SILENT,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: GREETING_MS,
      },
    },
  });
  const { client } = receiver;
  const closing = new AbortController();
  const { signal } = closing;
  let onLost = () => {};
  client.on('disconnected', () => onLost());
  // What ends the connection is told of by its end.
  client.on('error', () => {});
  let life: Promise<void> = Promise.resolve();

  const connect = async (): Promise<{ readonly lost: Promise<void> }> => {
    const lost = new Promise<void>((resolve) => {
      onLost = resolve;
    });
    await within(GREETING_MS, client.start());
    return { lost };
  };
  const stayConnected = async (lost: Promise<void>): Promise<void> => {
    await lost;
    for (let failures = 0; !signal.aborted;) {
      try {
        const connection = await connect();
        failures = 0;
        await connection.lost;
      } catch (error) {
        if (signal.aborted) return;
        onFault(toSlackError(error));
        failures += 1;
        const delayMs = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** failures);
        await pause(SYSTEM_CLOCK, delayMs, { signal }).catch(() => {});
      }
    }
  };
  return {
    init: (app) => receiver.init(app),
    start: async () => {
      const { lost } = await connect().catch((error: unknown) => {
        throw tokenFailure('SLACK_APP_TOKEN', error);
      });
      life = stayConnected(lost);
    },
    stop: async () => {
      closing.abort();
      await within(GOODBYE_MS, client.disconnect()).catch(() => {});
      onLost();
      await life;
    },
  };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = SYSTEM_CLOCK.after(limitMs, () => reject(slackGone()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
