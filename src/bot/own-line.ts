import { openLocalQueue } from '../queue/local.ts';
import { openWorkshop, type WorkshopParts } from '../workshop.ts';
import type { Line } from './line.ts';

/**
 * A queue and a worker in this process, for those who need no more.
 * @throws {AppError} What the start of the default engine throws.
 */
export async function openOwnLine(parts: WorkshopParts): Promise<Line> {
  const workshop = await openWorkshop(parts);
  const queue = openLocalQueue({ worker: workshop.worker });
  const { engines } = workshop;
  return {
    queue,
    engines: { defaultName: parts.settings.ENGINE, find: (name) => engines.get(name) },
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      await workshop[Symbol.asyncDispose]();
    },
  };
}
