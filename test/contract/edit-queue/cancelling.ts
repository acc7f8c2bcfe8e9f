import { describe, expect, it } from 'vitest';

import { crash } from '../../support/gated-engine.ts';
import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { halfDone, REFINED, type OpenBench } from './bench.ts';

export function describeCancelling(open: OpenBench): void {
  describe('cancelling', () => {
    it('removes a turn that waits', async () => {
      const { queue, engine } = await open();
      engine.hold('first think');
      await queue.enqueue(jobOf({ name: 'first' }));
      await queue.enqueue(jobOf(REFINED));
      expect(await queue.cancel('turn', 'Stopped by Ann.')).toBe('removed');
      expect(factsIn(await read(queue, 'turn'))).toEqual([
        { type: 'ended', outcome: { kind: 'stopped', reason: 'Stopped by Ann.', rounds: [] } },
      ]);
      expect(await queue.position(['turn'])).toEqual(new Map());
      engine.letGo('first think');
      await outcomeOf(queue, 'first');
      expect(engine.reached.join()).not.toContain('turn');
    });

    it('makes a turn that runs answer with its best round', async () => {
      const { queue, engine } = await open();
      engine.hold('turn edit 2');
      await queue.enqueue(jobOf(REFINED));
      await engine.arrivalAt('turn edit 2');
      expect(await queue.cancel('turn', 'Stopped by Ann.')).toBe('signalled');
      expect(await outcomeOf(queue, 'turn')).toMatchObject({
        kind: 'stopped',
        reason: 'Stopped by Ann.',
        best: { round: 1, reason: 'only-round' },
        rounds: [{ round: 1, reflection: { verdict: 'refine' } }],
      });
      expect(engine.open).toBe(0);
    });

    it('answers with a picture that nobody has judged yet', async () => {
      const { queue, engine } = await open();
      engine.hold('turn reflect 1');
      await queue.enqueue(jobOf(REFINED));
      await engine.arrivalAt('turn reflect 1');
      await queue.cancel('turn', 'Stopped.');
      const outcome = await outcomeOf(queue, 'turn');
      expect(outcome).toMatchObject({ kind: 'stopped', best: { round: 1 } });
      expect('rounds' in outcome && outcome.rounds[0]).not.toHaveProperty('reflection');
    });

    it('ends a turn with the rounds of an earlier life where it waits for its next', async () => {
      const { queue, engine } = await open();
      engine.hold('first think');
      const earlier = await halfDone(await open());
      await queue.enqueue(jobOf({ name: 'first' }));
      await queue.enqueue(earlier);
      expect(await queue.cancel('turn', 'Stopped.')).toBe('removed');
      expect(await outcomeOf(queue, 'turn')).toMatchObject({
        kind: 'stopped',
        best: { round: 1, reason: 'only-round' },
        rounds: [{ round: 1 }],
      });
    });

    it('holds when the worker fails at the same time', async () => {
      const { queue, engine } = await open();
      engine.hold('turn edit 1');
      await queue.enqueue(jobOf(REFINED));
      await engine.arrivalAt('turn edit 1');
      engine.failAt('turn edit 1', crash());
      engine.letGo('turn edit 1');
      await queue.cancel('turn', 'Stopped.');
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'stopped' });
    });

    it('finds no turn that has ended, or that nobody knows', async () => {
      const { queue } = await open();
      await queue.enqueue(jobOf(REFINED));
      await outcomeOf(queue, 'turn');
      expect(await queue.cancel('turn', 'Late.')).toBe('not-found');
      expect(await queue.cancel('unknown', 'Lost.')).toBe('not-found');
    });

    it('frees the worker at once', async () => {
      const { queue, engine } = await open();
      engine.hold('turn think');
      await queue.enqueue(jobOf(REFINED));
      await queue.enqueue(jobOf({ name: 'next' }));
      await engine.arrivalAt('turn think');
      await queue.cancel('turn', 'Stopped.');
      expect(await outcomeOf(queue, 'next')).toMatchObject({ kind: 'succeeded' });
    });
  });
}
