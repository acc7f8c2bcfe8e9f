import { Redis, type RedisOptions } from 'ioredis';

import { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';

/** So that what is lost is found again soon, and a server that is gone is not stormed. */
const delayBefore = (attempt: number): number => Math.min(50 * 2 ** attempt, 1_000);

/**
 * A connection that is kept up until the signal aborts; `rediss:` is TLS.
 * @param options Without a `commandTimeout` a command takes as long as it takes, reconnecting included.
 * @param onFault Hears why there is no connection.
 */
export function connect(
  redisUrl: string,
  options: Pick<RedisOptions, 'commandTimeout' | 'autoResubscribe'>,
  onFault: (error: AppError) => void,
  { signal }: Call,
): Redis {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    // BullMQ makes connections of its own with these options, which this alone can reach.
    retryStrategy: (attempt) => (signal.aborted ? null : delayBefore(attempt)),
    ...options,
  });
  redis.on('error', (error) => {
    if (!signal.aborted) onFault(redisUnavailable(error));
  });
  signal.addEventListener('abort', () => redis.disconnect(), { once: true });
  return redis;
}

/**
 * What some commands come to.
 * @throws {AppError} `STORE_UNAVAILABLE` whatever Redis did not do.
 */
export async function reach<Value>(commands: Promise<Value>): Promise<Value> {
  try {
    return await commands;
  } catch (error) {
    throw redisUnavailable(error);
  }
}

export function redisUnavailable(cause: unknown): AppError {
  return new AppError('STORE_UNAVAILABLE', 'Redis can not be reached; please try again soon.', {
    cause,
    retryable: true,
  });
}
