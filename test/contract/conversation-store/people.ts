import { describe, expect, it } from 'vitest';

import type { Bench } from '../../support/conversation-homes.ts';
import { add, converse, fresh, succeed } from '../../support/turns.ts';

const TODAY = '2026-11-24';

export function describePeople(bench: Bench): void {
  describe('opinions', () => {
    it('are one per person, the last one counts', async () => {
      const { store } = bench;
      const { id } = await add(store, fresh(await converse(store), 'photo'));
      await store.setOpinion(id, 'ann', 'up');
      await store.setOpinion(id, 'ann', 'up');
      await store.setOpinion(id, 'ben', 'up');
      await store.setOpinion(id, 'cleo', 'down');
      expect(await store.opinions(id)).toEqual({ up: 2, down: 1 });
      await store.setOpinion(id, 'ann', 'down');
      await store.setOpinion(id, 'ben', undefined);
      expect(await store.opinions(id)).toEqual({ up: 0, down: 2 });
      await store.setOpinion('gone', 'ann', 'up');
      expect(await store.opinions('gone')).toEqual({ up: 0, down: 0 });
    });
  });

  describe('usage', () => {
    it('is counted per person and UTC day', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      await succeed(store, await add(store, fresh(conversationId, 'a')), ['one', 'two']);
      await add(store, fresh(conversationId, 'b', { person: 'web:ben' }));
      bench.now += 12 * 3_600_000;
      await add(store, fresh(conversationId, 'c'));
      expect(await store.usage(TODAY, 'web:ann')).toEqual({ turns: 1, rounds: 2 });
      expect(await store.usage(TODAY)).toEqual({ turns: 2, rounds: 2 });
      expect(await store.usage('2026-11-25')).toEqual({ turns: 1, rounds: 0 });
      expect(await store.usage('2026-11-26', 'web:ann')).toEqual({ turns: 0, rounds: 0 });
    });
  });

  describe('what a person asked for', () => {
    it('is told wherever it was, the newest first, but for questions that were answered', async () => {
      const { store } = bench;
      const [here, there] = [await converse(store), await converse(store, 'elsewhere')];
      await add(store, fresh(here, 'a', { prompt: 'first' }));
      bench.now += 1;
      await add(store, fresh(here, 'b', { person: 'web:ben' }));
      const asked = await add(store, fresh(there, 'c', { prompt: 'what?', asks: 'Which?' }));
      bench.now += 1;
      await add(store, fresh(there, 'd', { prompt: 'that', answers: asked.id }));
      const told = await store.turnsOfPerson('web:ann', 9);
      expect(told.map(({ turn, place }) => [turn.prompt, place.channel])).toEqual([
        ['that', 'elsewhere'],
        ['first', 'garden'],
      ]);
      expect(await store.turnsOfPerson('web:ann', 1)).toEqual(told.slice(0, 1));
      expect(await store.turnsOfPerson('web:cleo', 9)).toEqual([]);
    });
  });

  describe('the audit log', () => {
    it('tells who asked when, without the words', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const { id: turnId } = await add(store, fresh(conversationId, 'photo', { prompt: 'secret' }));
      bench.now += 1;
      await store.audit({
        person: 'web:ben',
        action: 'stop',
        conversationId,
        turnId,
        text: 'stop',
      });
      expect(await store.auditEntries({ limit: 9 })).toEqual([
        { at: bench.now, person: 'web:ben', action: 'stop', conversationId, turnId },
        { at: bench.now - 1, person: 'web:ann', action: 'ask', conversationId, turnId },
      ]);
    });

    it('tells the words as well where the operator wants them', async () => {
      const store = await bench.another({ AUDIT_TEXT: true });
      await add(store, fresh(await converse(store), 'photo', { prompt: 'secret' }));
      await store.audit({ person: 'web:ann', action: 'undo' });
      const entries = await store.auditEntries({ limit: 9, person: 'web:ann' });
      expect(new Set(entries.map(({ text }) => text))).toEqual(new Set(['secret', undefined]));
    });

    it('is read page by page, and by person', async () => {
      const { store } = bench;
      for (const person of ['ann', 'ben', 'ann', 'ben', 'ann']) {
        await store.audit({ person, action: 'undo' });
        bench.now += 1;
      }
      const [newest] = await store.auditEntries({ limit: 1 });
      expect(newest?.at).toBe(bench.now - 1);
      const older = await store.auditEntries({ limit: 9, person: 'ann', before: bench.now - 1 });
      expect(older.map(({ at }) => bench.now - at)).toEqual([3, 5]);
    });
  });
}
