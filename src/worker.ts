import type { Settings } from './config/index.ts';
import { AppError } from './errors.ts';
import { unwatched, type Health } from './health/health.ts';
import type { Logger } from './logger.ts';
import { watchedLog } from './metrics/watched.ts';
import { Owned } from './owned.ts';
import { openBullWorker } from './queue/bullmq/worker.ts';
import type { Call } from './pipeline/types.ts';
import { sparing } from './sparing.ts';
import { openImageStore } from './store/images/index.ts';
import { openWorkshop, type WorkshopParts } from './workshop.ts';

export interface WorkerParts {
  readonly settings: Settings;
  readonly findEngine: WorkshopParts['findEngine'];
  readonly log: Logger;
  /** Stays the caller's. Default: nobody watches. */
  readonly health?: Health;
}

export interface Worker extends AsyncDisposable {
  /** Names of the engines that it serves. */
  readonly engines: readonly string[];
}

/**
 * A worker in this process: it plays turns from Redis until it is disposed of. Then it lets rounds in
 * hand come to their end for `SHUTDOWN_SECONDS`, and hands back what is not done.
 *
 * @throws {AppError} `BAD_SETTINGS` without a Redis; what the image store and the default engine throw.
 */
export async function openWorker(
  { settings, findEngine, log: plainLog, health = unwatched() }: WorkerParts,
  call: Call,
): Promise<Worker> {
  const { REDIS_URL: redisUrl, SHUTDOWN_SECONDS } = settings;
  if (redisUrl === undefined) {
    throw new AppError(
      'BAD_SETTINGS',
      'A worker gets its work from Redis: set REDIS_URL. On one machine "start" does without.',
    );
  }
  const { metrics, readiness } = health;
  const log = watchedLog(plainLog, metrics.record);
  const parts = new Owned();
  try {
    const images = parts.own(await openImageStore(settings));
    const workshop = parts.own(await openWorkshop({ settings, findEngine, images, log, metrics }));
    call.signal.throwIfAborted();
    const worker = parts.own(
      openBullWorker({
        redisUrl,
        worker: workshop.worker,
        engines: Object.fromEntries(workshop.engines),
        finishMs: SHUTDOWN_SECONDS * 1_000,
        onFault: sparing((error, repeats) => log.fault('a worker failed', error, { repeats })),
      }),
    );
    readiness.need('redis', () => worker.ping());
    readiness.start();
    return {
      engines: [...workshop.engines.keys()],
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    };
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}
