import { describe, expect, it } from 'vitest';

import { progressOf } from '../../../src/queue/progress.ts';
import { factsIn, firstOf, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { REFINED, type OpenBench } from './bench.ts';

export function describeDeadlines(open: OpenBench): void {
  describe('deadlines', () => {
    it('end a turn that waits', async () => {
      const { queue, engine } = await open();
      engine.hold('first think');
      await queue.enqueue(jobOf({ name: 'first' }));
      await queue.enqueue(jobOf(REFINED, { deadlineAt: Date.now() + 20 }));
      expect(await outcomeOf(queue, 'turn')).toEqual({ kind: 'expired', rounds: [] });
      expect(engine.reached.join()).not.toContain('turn');
    });

    it('end a turn that runs, with the rounds there are', async () => {
      const { queue, engine } = await open();
      engine.hold('turn edit 2');
      await queue.enqueue(jobOf(REFINED, { timeLimitMs: 200 }));
      const facts = factsIn(await read(queue, 'turn'));
      const { rounds } = progressOf(undefined, facts);
      expect(facts.at(-1)).toMatchObject({ outcome: { kind: 'expired', rounds } });
      expect(engine.open).toBe(0);
    });

    it('are told with the start, the earlier of both', async () => {
      const { queue } = await open();
      const deadlineAt = Date.now() + 50_000;
      await queue.enqueue(jobOf({ name: 'job’s' }, { deadlineAt, timeLimitMs: 100_000 }));
      expect(await firstOf(queue, 'job’s', 'started')).toMatchObject({ deadlineAt });
      await queue.enqueue(jobOf({ name: 'start’s' }, { deadlineAt, timeLimitMs: 10_000 }));
      const started = await firstOf(queue, 'start’s', 'started');
      expect(started.deadlineAt).toBeLessThan(deadlineAt);
      await queue.enqueue(jobOf({ name: 'none' }));
      expect(await firstOf(queue, 'none', 'started')).not.toHaveProperty('deadlineAt');
    });
  });
}
