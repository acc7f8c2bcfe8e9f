import type { Redis } from 'ioredis';

/**
 * What the settings of a Redis can make it lose: a sentence for each, none where all is well. Settings
 * that it does not tell are passed over.
 */
export async function checkRedisSettings(redis: Redis): Promise<string[]> {
  const info = await redis.info();
  const policy = valueIn(info, 'maxmemory_policy');
  const logged = valueIn(info, 'aof_enabled');
  const sync = await configOf(redis, 'appendfsync');
  const warnings: string[] = [];
  if (policy !== undefined && policy !== 'noeviction') {
    warnings.push(
      `maxmemory-policy is ${policy}: requests get lost when memory runs short. Set it to noeviction.`,
    );
  }
  if (logged === '0') {
    warnings.push('appendonly is no: a restart of Redis loses requests. Set it to yes.');
  } else if (logged === '1' && sync !== undefined && sync !== 'always') {
    warnings.push(
      `appendfsync is ${sync}: a crash of Redis loses what it was told last. Set it to always.`,
    );
  }
  return warnings;
}

function valueIn(info: string, name: string): string | undefined {
  const line = info.split(/\r?\n/).find((candidate) => candidate.startsWith(`${name}:`));
  return line?.slice(name.length + 1);
}

/** Undefined where nobody may look, as with many that are hosted. */
async function configOf(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const [, value] = await redis.config('GET', name);
    return value;
  } catch {
    return undefined;
  }
}
