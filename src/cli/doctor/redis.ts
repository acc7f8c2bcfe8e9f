import { checkRedisSettings } from '../../queue/bullmq/check-settings.ts';
import type { Check } from './check.ts';

const name = 'Redis';
const TIMEOUT_MS = 3_000;

/** Asks for a PING, and for what its settings could make it lose. The address is shown without user and password. */
export async function checkRedis(url: string | undefined): Promise<Check> {
  if (url === undefined) {
    return {
      name,
      status: 'missing',
      found: 'REDIS_URL is not set',
      advice: 'Nothing to do on one machine; several need REDIS_URL to share their work.',
    };
  }
  const { hostname, port } = new URL(url);
  const address = `${hostname}:${port || 6379}`;
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  // A call says only that the connection is closed; what closed it is said here.
  const reasons: string[] = [];
  redis.on('error', ({ message }: Error) => reasons.push(message));
  try {
    await redis.connect();
    await redis.ping();
    const found = `${address} answers`;
    const warnings = await checkRedisSettings(redis);
    return warnings.length === 0
      ? { name, status: 'ok', found }
      : { name, status: 'warning', found, advice: warnings.join(' ') };
  } catch (error) {
    if (error instanceof Error) reasons.push(error.message);
    const refused = reasons.some((reason) => /AUTH|WRONGPASS|NOPERM/.test(reason));
    return {
      name,
      status: 'missing',
      found: refused ? `${address} refuses the password` : `${address} does not answer`,
      advice: refused
        ? 'Check user and password in REDIS_URL.'
        : 'Start Redis there, or correct REDIS_URL.',
    };
  } finally {
    redis.disconnect();
  }
}
