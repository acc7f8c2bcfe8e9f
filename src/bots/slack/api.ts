import { webApi } from '@slack/bolt';

import { withinTime } from '../../http/time-limit.ts';
import type { Call } from '../../pipeline/types.ts';
import { slackGone, toSlackError } from './errors.ts';
import type { Installations } from './installations.ts';
import type { Pace } from './pace.ts';
import type { Block } from './paint/blocks.ts';

export type Client = webApi.WebClient;

export type NewMessage = { readonly channel: string; readonly text: string } & Partial<
  Pick<webApi.ChatPostMessageArguments & { blocks: Block[] }, 'blocks' | 'metadata' | 'thread_ts'>
>;

/** Longer than any answer takes that still comes. */
const TIMEOUT_MS = 30_000;

export interface SlackApiParts {
  readonly installations: Pick<Installations, 'of'>;
  readonly pace: Pace;
  readonly apiUrl: string;
}

/** Slack's Web API in the name of the app, as it is installed in each workspace. */
export class SlackApi {
  readonly #parts: SlackApiParts;

  constructor(parts: SlackApiParts) {
    this.#parts = parts;
  }

  /**
   * What calls come to. They are made at Slack's pace, once each, and hear the signal.
   * @throws {AppError} As the port says; the reason of the signal.
   */
  async ask<T>(team: string, work: (client: Client) => Promise<T>, call: Call): Promise<T> {
    call.signal.throwIfAborted();
    try {
      const { token } = await this.#parts.installations.of(team);
      return await work(this.#client(team, token, call));
    } catch (error) {
      call.signal.throwIfAborted();
      throw toSlackError(error);
    }
  }

  /** Writes a message in the bot's name; its `ts`. Links in it stay links. */
  async post(team: string, message: NewMessage, call: Call): Promise<string> {
    const plainly = { unfurl_links: false, unfurl_media: false };
    const { ts = '' } = await this.ask(
      team,
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
      ({ chat }) => chat.postMessage({ ...message, ...plainly }),
      call,
    );
    return ts;
  }

  /** The bot's token, for what is no method of the Web API. */
  async tokenOf(team: string): Promise<string> {
    return (await this.#parts.installations.of(team)).token;
  }

  /** One for each piece of work, so that it hears that work's signal. */
  #client(team: string, token: string, call: Call): Client {
    const { apiUrl, pace } = this.#parts;
    return new webApi.WebClient(token, {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
      fetch: async (url, init = {}) => {
        const method = new URL(String(url)).pathname.split('/').at(-1) ?? '';
        await pace.take(team, method, channelIn(init.body), call);
        return withinTime(
          TIMEOUT_MS,
          call,
          ({ signal }) => whole(url, { ...init, signal }),
          slackGone,
        );
      },
    });
  }
}

/** An answer with all that is in it. */
async function whole(...asked: Parameters<typeof fetch>): Promise<Response> {
  const { status, statusText, headers, body } = await fetch(...asked);
  const bytes = body ? await new Response(body).arrayBuffer() : null;
  return new Response(bytes, { status, statusText, headers });
}

const channelIn = (body: unknown): string =>
  (typeof body === 'string' && new URLSearchParams(body).get('channel')) || '';

/** What it would say holds what people wrote; what went wrong comes as an error. */
export const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'error' as webApi.LogLevel,
  setName: () => {},
};
