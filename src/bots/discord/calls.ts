import { setTimeout } from 'node:timers/promises';

import { REST, type RequestData, type RouteLike } from 'discord.js';

import { linkedAbort } from '../../image/linked-abort.ts';
import { untilAborted } from '../../image/until-aborted.ts';
import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { asPlatformError, type CallFacts } from './errors.ts';
import { makeRequest } from './make-request.ts';

export interface RestSettings {
  readonly DISCORD_TOKEN: string;
  readonly DISCORD_API_URL?: string | undefined;
}

/** Long enough for the largest message on a slow line. */
const TIMEOUT_MS = 60_000;

/**
 * The way to Discord's REST interface. Messages and what is done to them are refused at once where the pace does not
 * allow them, since delivery has a pace of its own; all else waits as long as Discord wants.
 */
export function openRest({ DISCORD_TOKEN, DISCORD_API_URL }: RestSettings): REST {
  const rest = new REST({
    version: '10',
    timeout: TIMEOUT_MS,
    // Whoever calls knows whether doing it again does harm.
    retries: 0,
    makeRequest,
    rejectOnRateLimit: ({ global, route }) => !global && MESSAGES.test(route),
    ...(DISCORD_API_URL !== undefined && { api: DISCORD_API_URL }),
  });
  rest.setToken(DISCORD_TOKEN);
  return rest;
}

const MESSAGES = /^\/channels\/:id\/messages(?:\/:id)?$/;

export interface Request extends Omit<RequestData, 'signal'> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly route: RouteLike;
  /** The permissions that the bot lacks for it, asked for where it was not permitted. */
  readonly lacks?: CallFacts['lacks'];
}

/** Waits before what failed is done again, milliseconds. */
const AGAIN_MS = [250, 1_000, 4_000] as const;

/** Does something that does no harm when it is done twice; again where it failed in a way that can pass. */
export async function insist<Value>(work: () => Promise<Value>, { signal }: Call): Promise<Value> {
  for (const waitMs of AGAIN_MS) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error) || !error.retryable) throw error;
      await setTimeout(Math.max(waitMs, error.retryAfterMs ?? 0), undefined, { signal });
    }
  }
  return work();
}

/**
 * Makes one request.
 * @throws {AppError} What the port says; the reason of the signal as soon as it aborts.
 */
export async function request<Answer>(
  rest: REST,
  { method, route, lacks = () => [], ...data }: Request,
  { signal }: Call,
): Promise<Answer> {
  signal.throwIfAborted();
  // The client leaves its listener on the signal.
  const { controller, unlink } = linkedAbort(signal);
  try {
    const answer = rest[method](route, { ...data, signal: controller.signal });
    return (await untilAborted(answer, signal)) as Answer;
  } catch (error) {
    signal.throwIfAborted();
    throw asPlatformError(error, { lacks });
  } finally {
    unlink();
  }
}
