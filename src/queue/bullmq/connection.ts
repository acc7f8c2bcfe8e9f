import { Redis, type RedisOptions } from 'ioredis';

import { AppError, isAppError } from '../../errors.ts';

/** So that what is lost is found again soon, and a server that is gone is not stormed. */
const retryStrategy = (attempt: number): number => Math.min(50 * 2 ** attempt, 1_000);

/**
 * A connection that is kept up as long as it is open; `rediss:` is TLS.
 * @param options Without a `commandTimeout` a command takes as long as it takes, reconnecting included.
 * @param onFault Hears why there is no connection.
 */
export function connect(
  redisUrl: string,
  options: Pick<RedisOptions, 'commandTimeout' | 'autoResubscribe'>,
  onFault: (error: AppError) => void,
): Redis {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy, ...options });
  redis.on('error', (error) => onFault(redisUnavailable(error)));
  return redis;
}

export function redisUnavailable(cause: unknown): AppError {
  if (isAppError(cause)) return cause;
  return new AppError('STORE_UNAVAILABLE', 'Redis can not be reached; please try again soon.', {
    cause,
    retryable: true,
  });
}
