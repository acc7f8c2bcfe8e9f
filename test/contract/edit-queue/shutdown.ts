import { describe, expect, it } from 'vitest';

import type { AppError } from '../../../src/errors.ts';
import type { EditQueue } from '../../../src/queue/types.ts';
import { MemoryImages } from '../../support/memory-images.ts';
import { factsIn, jobOf, read } from '../../support/jobs.ts';
import { halfDone, REFINED, type OpenBench } from './bench.ts';

export function describeShutdown(open: OpenBench): void {
  describe('a shutdown', () => {
    it('hands back what runs, which another queue plays on from its thought and rounds', async () => {
      const images = new MemoryImages();
      const first = await open({ images });
      const job = await halfDone(first);
      expect(job.finished).toMatchObject({
        thought: { kind: 'plan' },
        rounds: [{ round: 1, reflection: { verdict: 'refine' } }],
      });

      const { queue, engine } = await open({ images });
      await queue.enqueue(job);
      const facts = factsIn(await read(queue, 'turn'));
      expect(facts.map(({ type }) => type)).toEqual(['started', 'round', 'round', 'ended']);
      expect(engine.reached).toEqual(['turn edit 2', 'turn reflect 2']);

      const unbroken = await open();
      await unbroken.queue.enqueue(jobOf(REFINED));
      expect(facts.at(-1)).toEqual(factsIn(await read(unbroken.queue, 'turn')).at(-1));
    });

    it('ends no turn, and takes none', async () => {
      const { queue, engine } = await open();
      engine.hold('turn think');
      await queue.enqueue(jobOf(REFINED));
      await queue.enqueue(jobOf({ name: 'next' }));
      await engine.arrivalAt('turn think');
      const [running, waiting] = [seenUntilThrow(queue, 'turn'), seenUntilThrow(queue, 'next')];
      await queue[Symbol.asyncDispose]();
      expect(await running).toEqual(['started', 'SHUTDOWN']);
      expect(await waiting).toEqual(['SHUTDOWN']);
      expect(engine.open).toBe(0);
      await expect(queue.enqueue(jobOf({ name: 'late' }))).rejects.toMatchObject({
        code: 'SHUTDOWN',
      });
      await expect(queue.cancel('turn', 'Late.')).rejects.toMatchObject({ code: 'SHUTDOWN' });
      await queue[Symbol.asyncDispose]();
    });
  });
}

/** The facts of a turn, and the code that its reading ends with. */
async function seenUntilThrow(queue: EditQueue, turnId: string): Promise<string[]> {
  const seen: string[] = [];
  const reading = read(queue, turnId, undefined, ({ type }) => {
    if (type !== 'live') seen.push(type);
  });
  await reading.catch((error: AppError) => seen.push(error.code));
  return seen;
}
