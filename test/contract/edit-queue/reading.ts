import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { REFINED, type OpenBench } from './bench.ts';

export function describeReading(open: OpenBench): void {
  describe('reading', () => {
    it('begins before a turn starts, in the middle of it, and after it has ended', async () => {
      const { queue, engine } = await open();
      engine.hold('blocker think');
      engine.hold('turn reflect 1');
      await queue.enqueue(jobOf({ name: 'blocker' }));
      await queue.enqueue(jobOf(REFINED));
      const before = read(queue, 'turn');
      engine.letGo('blocker think');
      await engine.arrivalAt('turn reflect 1');
      const during = read(queue, 'turn');
      engine.letGo('turn reflect 1');
      const facts = factsIn(await before);
      expect(factsIn(await during)).toEqual(facts);
      expect((await read(queue, 'turn')).map(({ type }) => type)).not.toContain('live');
      expect(factsIn(await read(queue, 'turn'))).toEqual(facts);
    });

    it('gives a late reader no live state of what is done', async () => {
      const { queue, engine } = await open();
      engine.hold('turn reflect 1');
      await queue.enqueue(jobOf(REFINED));
      await engine.arrivalAt('turn reflect 1');
      const late = await read(queue, 'turn', undefined, () => engine.letGo('turn reflect 1'));
      const states = late.flatMap((update) => (update.type === 'live' ? [update.state] : []));
      const done = states.filter(
        ({ stage, ...state }) =>
          stage === 'thinking' || (stage === 'editing' && 'round' in state && state.round === 1),
      );
      expect(done).toEqual([]);
    });

    it('shows to a reader who is there what is being done', async () => {
      const { queue, engine, images } = await open();
      engine.hold('turn edit 1');
      await queue.enqueue(jobOf({ name: 'turn', previews: true }));
      const stages = new Set<string>();
      const updates = await read(queue, 'turn', undefined, (update) => {
        if (update.type !== 'live') return;
        stages.add(update.state.stage);
        const isLast = update.state.stage === 'editing' && update.state.steps?.done === 2;
        if (isLast) engine.letGo('turn edit 1');
      });
      expect(stages).toContain('editing');
      const previews = updates.flatMap((update) =>
        update.type === 'live' && update.state.stage === 'editing' && update.state.preview
          ? [update.state.preview.id]
          : [],
      );
      expect(previews.length).toBeGreaterThan(0);
      expect([...images.kept.keys()]).toEqual(expect.arrayContaining(previews));
    });

    it('goes on from the first fact where a cursor is of an earlier life', async () => {
      const earlier = await open();
      await earlier.queue.enqueue(jobOf(REFINED));
      const cursor = (await read(earlier.queue, 'turn')).at(-1)?.cursor;
      const { queue } = await open();
      await queue.enqueue(jobOf(REFINED));
      expect(factsIn(await read(queue, 'turn', cursor))[0]).toEqual({ type: 'started' });
    });

    it('says that updates are gone where the turn is not known', async () => {
      const { queue } = await open();
      await expect(read(queue, 'turn')).rejects.toMatchObject({ code: 'UPDATES_GONE' });
      await queue.enqueue(jobOf(REFINED));
      const updates = await read(queue, 'turn');
      await queue.release('turn');
      for (const { cursor } of [{ cursor: undefined }, ...updates]) {
        await expect(read(queue, 'turn', cursor)).rejects.toMatchObject({ code: 'UPDATES_GONE' });
      }
    });

    it('forgets no turn that has not ended', async () => {
      const { queue, engine } = await open();
      engine.hold('turn think');
      await queue.enqueue(jobOf(REFINED));
      await queue.enqueue(jobOf({ name: 'next' }));
      await queue.release('turn');
      await queue.release('next');
      await queue.release('unknown');
      engine.letGo('turn think');
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
      expect(await outcomeOf(queue, 'next')).toMatchObject({ kind: 'succeeded' });
    });

    it('stops with the signal’s reason, and leaves no listener on it', async () => {
      const { queue, engine } = await open();
      engine.hold('turn think');
      await queue.enqueue(jobOf(REFINED));
      const controller = new AbortController();
      const reason = new Error('left');
      const reading = (async () => {
        for await (const update of queue.updates('turn', undefined, controller)) {
          if (update.type === 'started') setImmediate(() => controller.abort(reason));
        }
      })();
      await expect(reading).rejects.toBe(reason);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);

      const leaving = new AbortController();
      for await (const update of queue.updates('turn', undefined, leaving)) {
        expect(update.type).toBe('started');
        break;
      }
      engine.letGo('turn think');
      for await (const update of queue.updates('turn', undefined, leaving)) void update;
      expect(getEventListeners(leaving.signal, 'abort')).toHaveLength(0);
    });
  });
}
