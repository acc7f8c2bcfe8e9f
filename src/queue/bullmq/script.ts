import { createHash } from 'node:crypto';

import type { Redis } from 'ioredis';

import { reach, redisUnavailable } from './connection.ts';
import type { Keys } from './keys.ts';
import { LIBRARY } from './scripts/library.ts';

/** Where the turns are kept. */
export interface TurnHome {
  readonly redis: Redis;
  readonly keys: Keys;
}

/** A Lua script: all that it does is done as one, or not at all. */
export interface Script {
  readonly lua: string;
  readonly digest: string;
}

/** @param body Sees what the library has. */
export function script(body: string): Script {
  const lua = `${LIBRARY}\n${body}`;
  return { lua, digest: createHash('sha1').update(lua).digest('hex') };
}

/**
 * Runs a script. A connection that is lost in between makes it run twice, so that each script does
 * nothing more the second time.
 * @throws {AppError} `STORE_UNAVAILABLE`
 */
export async function evaluate(
  { redis, keys: { prefix } }: TurnHome,
  { lua, digest }: Script,
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(digest, 1, prefix, ...args);
  } catch (error) {
    if (!isUnknownScript(error)) throw redisUnavailable(error);
  }
  return reach(redis.eval(lua, 1, prefix, ...args));
}

/** Redis forgets scripts when it is started again. */
const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');
