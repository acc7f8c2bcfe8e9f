import { z } from 'zod';

import { isAppError } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import { boundedText } from '../http/bounded-body.ts';
import { answerFailure, unreachable, unreadable, type Matter } from './failures.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { withinTime } from '../http/time-limit.ts';

export interface ModerationOptions {
  /** Base URL, as OpenAI's `https://api.openai.com/v1`. */
  readonly url: string;
  readonly apiKey?: string;
  readonly model: string;
  /** How long one call may take. */
  readonly timeoutMs?: number;
}

/**
 * What one call asks about. Words go as a plain string, the one form that both OpenAI and servers
 * of the classic, text-only form take. Pictures go one a call: OpenAI refuses a second.
 */
export type ModerationInput =
  string | readonly [{ readonly type: 'image_url'; readonly image_url: { readonly url: string } }];

/** Of OpenAI it takes a second or less. */
const TIMEOUT_MS = 10_000;
/** A verdict of OpenAI takes about 2 kilobytes. */
const MAX_REPLY_BYTES = 256 * 1_024;

const Reply = z.object({ results: z.array(z.object({ flagged: z.boolean() })).min(1) });

/**
 * A client of `POST {url}/moderations` (https://platform.openai.com/docs/api-reference/moderations),
 * which says whether an input is flagged as harmful.
 * @throws {AppError} `MODERATION_UNAVAILABLE` where there is no verdict, retryable where that can
 *   pass; the reason of the signal.
 */
export function openModeration({
  url,
  apiKey,
  model,
  timeoutMs = TIMEOUT_MS,
}: ModerationOptions): (input: ModerationInput, call: Call) => Promise<boolean> {
  const address = `${url.replace(/\/+$/, '')}/moderations`;
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json' });
  if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);

  const ask = async (input: ModerationInput, { signal }: Call): Promise<boolean> => {
    const response = await fetch(address, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, input }),
      // The key and the pictures are for this address alone.
      redirect: 'manual',
      signal,
    });
    return verdictOf(response, typeof input === 'string' ? 'words' : 'picture');
  };
  return async (input, call) => {
    try {
      return await withinTime(timeoutMs, call, (inner) => ask(input, inner));
    } catch (error) {
      call.signal.throwIfAborted();
      throw isAppError(error) ? error : unreachable(timeoutMs, error);
    }
  };
}

async function verdictOf(response: Response, matter: Matter): Promise<boolean> {
  if (!response.ok) {
    await response.body?.cancel();
    const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
    throw answerFailure(response.status, matter, waitMs);
  }
  const text = await boundedText(response.body, MAX_REPLY_BYTES);
  const { data: reply } = Reply.safeParse(jsonOf(text));
  if (!reply) throw unreadable();
  return reply.results.some(({ flagged }) => flagged);
}

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Its error quotes the text, which may quote what was sent.
    return undefined;
  }
}
