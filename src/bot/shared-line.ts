import type { Settings } from '../config/index.ts';
import { toAppError } from '../errors.ts';
import type { Health } from '../health/health.ts';
import type { Logger } from '../logger.ts';
import { openBullQueue } from '../queue/bullmq.ts';
import { repeatedly } from '../queue/bullmq/repeatedly.ts';
import { SYSTEM_CLOCK } from '../queue/clock.ts';
import { sparing } from '../sparing.ts';
import { AnnouncedEngines } from './announced-engines.ts';
import type { Line } from './line.ts';

export interface SharedLineParts {
  readonly redisUrl: string;
  readonly settings: Pick<Settings, 'ENGINE' | 'ENGINES'>;
  readonly log: Logger;
  readonly health: Health;
}

/** How often is looked which engines workers serve. */
const LOOK_MS = 5_000;

/** A queue in Redis, which workers in processes of their own serve. It opens also while Redis is away. */
export async function openSharedLine({
  redisUrl,
  settings: { ENGINE, ENGINES = [] },
  log,
  health,
}: SharedLineParts): Promise<Line> {
  const onFault = sparing((error, repeats) => log.fault('the queue failed', error, { repeats }));
  const queue = openBullQueue({ redisUrl, onFault });
  const engines = new AnnouncedEngines([ENGINE, ...ENGINES], log);
  let isSetUpKnown = false;
  let isClosing = false;
  const look = async () => {
    try {
      engines.hear(await queue.engines());
      if (isSetUpKnown) return;
      for (const warning of await queue.warnings())
        log.warn('Redis can lose requests', { warning });
      isSetUpKnown = true;
    } catch (error) {
      if (!isClosing) onFault(toAppError(error));
    }
  };
  await look();
  const looking = repeatedly(SYSTEM_CLOCK, LOOK_MS, look);
  health.metrics.watch('served', async () => engines.served());
  health.readiness.need('redis', () => queue.depths());
  return {
    queue,
    engines,
    async [Symbol.asyncDispose]() {
      isClosing = true;
      const stopped = looking.stop();
      await queue[Symbol.asyncDispose]();
      await stopped;
    },
  };
}
