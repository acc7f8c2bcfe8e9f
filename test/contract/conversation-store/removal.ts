import { describe, expect, it } from 'vitest';

import type { Bench } from '../../support/conversation-homes.ts';
import {
  add,
  converse,
  end,
  fresh,
  reference,
  request,
  round,
  succeed,
} from '../../support/turns.ts';

const DAY_MS = 86_400_000;

export function describeRemoval(bench: Bench): void {
  const ids = (...names: string[]) => names.map((name) => reference(name).id).toSorted();

  describe('what was posted for a person', () => {
    it('is known before anything is removed', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const own = await add(store, fresh(conversationId, 'photo', { person: 'ann' }));
      const others = await add(store, request(conversationId, { person: 'bob' }));
      for (const turn of [own, others]) {
        const slot = `turn:${turn.id}:status`;
        await store.claimPost({ conversationId, slot, turnId: turn.id, channel: 'c' });
        await store.recordPost({ conversationId, slot, messageId: `of ${turn.person}` });
      }
      const place = (await store.conversation(conversationId))?.place;
      expect(await store.postsOfPerson('ann')).toMatchObject([{ messageId: 'of ann', place }]);
      expect(await store.postsOfPerson('nobody')).toEqual([]);
    });
  });

  describe('forgetting a person', () => {
    it('removes all that is theirs, and tells what is left to do', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const first = await add(
        store,
        fresh(conversationId, 'photo', { references: [reference('style')] }),
      );
      await store.claimPost({ conversationId, slot: 'status', turnId: first.id, channel: 'c' });
      await store.recordPost({ conversationId, slot: 'status', messageId: 'm1' });
      await store.setOpinion(first.id, 'web:ann', 'up');
      await succeed(store, first, ['one']);
      const open = await add(store, request(conversationId));
      await store.receive({ key: 'pending', person: 'web:ann', payload: '{"text":"more"}' });
      const removed = await store.removePerson('web:ann');
      expect({ ...removed, imageIds: removed.imageIds.toSorted() }).toEqual({
        turns: 2,
        open: [open.id],
        released: [],
        posts: [
          expect.objectContaining({
            messageId: 'm1',
            place: { platform: 'web', channel: 'garden' },
          }),
        ],
        imageIds: ids('photo', 'style', 'one'),
      });
      expect(await store.conversation(conversationId)).toBe(undefined);
      expect(await store.openTurns()).toEqual([]);
      expect(await store.undelivered(9)).toEqual([]);
      expect(await store.undealt(9)).toEqual([]);
      expect(await store.auditEntries({ limit: 9 })).toEqual([
        { at: bench.now, person: '', action: 'forget' },
      ]);
      expect(await store.usedImages(removed.imageIds)).toEqual(new Set());
      expect(await store.removePerson('web:ann')).toMatchObject({ turns: 0, imageIds: [] });
    });

    it('leaves to others what they made of it', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      await succeed(store, await add(store, fresh(conversationId, 'photo')), ['one']);
      const theirs = await add(store, request(conversationId, { person: 'web:ben' }));
      await succeed(store, theirs, ['two']);
      await store.removePerson('web:ann');
      const kept = await store.turn(theirs.id);
      expect(kept).toMatchObject({
        state: 'succeeded',
        base: { image: reference('one') },
        source: reference('photo'),
      });
      expect(kept).not.toHaveProperty('answers');
      expect(kept?.base).not.toHaveProperty('point');
      expect(await store.usedImages(ids('photo', 'one', 'two'))).toEqual(
        new Set(ids('photo', 'one', 'two')),
      );
      expect(await store.lineage(theirs.id)).toHaveLength(1);
      expect(await store.moveHead(conversationId, { kind: 'original' })).toMatchObject({
        moved: true,
        conversation: { head: { turnId: theirs.id, round: 0, image: reference('one') } },
      });
    });

    it('shows what was shown before, and lets the next in line go on', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const theirs = { person: 'web:ben' };
      await succeed(store, await add(store, fresh(conversationId, 'photo', theirs)), ['one']);
      const hers = await add(store, request(conversationId));
      await store.startTurn(hers.id);
      const waiting = await add(store, request(conversationId, theirs));
      const removed = await store.removePerson('web:ann');
      expect(removed).toMatchObject({
        turns: 1,
        open: [hers.id],
        released: [{ id: waiting.id, state: 'queued', base: { image: reference('one') } }],
      });
      expect(await store.recordRound(hers.id, round(1))).toBe(false);
      expect(await store.conversation(conversationId)).toMatchObject({
        head: { image: reference('one') },
      });
    });

    it('does not make a message count twice, nor the limits start anew', async () => {
      const { store } = bench;
      const asked = fresh(await converse(store), 'photo');
      await add(store, asked);
      bench.now += DAY_MS;
      await add(store, { ...asked, messageKey: 'the next day' });
      await store.removePerson('web:ann');
      const conversationId = await converse(store);
      expect(await store.addTurn({ ...asked, conversationId })).toEqual({ kind: 'duplicate' });
      expect(await store.usage('2026-11-24', 'web:ann')).toEqual({ turns: 0, rounds: 0 });
      expect(await store.usage('2026-11-25', 'web:ann')).toEqual({ turns: 1, rounds: 0 });
    });
  });

  describe('forgetting a conversation', () => {
    it('removes it with all turns of all persons, and leaves the others', async () => {
      const { store } = bench;
      const place = { platform: 'web', channel: 'garden' };
      const { id } = await store.openConversation({ ...place, thread: 'one' });
      const other = await store.openConversation({ ...place, thread: 'two' });
      await succeed(store, await add(store, fresh(id, 'photo', { person: 'ann' })), ['result']);
      const open = await add(store, request(id, { person: 'bob' }));
      const kept = await add(store, fresh(other.id, 'photo', { person: 'ann' }));
      const removed = await store.removeConversation(id);
      expect(removed).toMatchObject({ turns: 2, open: [open.id], released: [] });
      expect(removed.imageIds.toSorted()).toEqual(ids('photo', 'result'));
      expect(await store.conversation(id)).toBeUndefined();
      expect(await store.turn(kept.id)).toMatchObject({ person: 'ann' });
      expect(await store.usedImages(removed.imageIds)).toEqual(new Set(ids('photo')));
      expect(await store.removeConversation(id)).toMatchObject({ turns: 0, imageIds: [] });
    });
  });

  describe('retention', () => {
    it('removes turns by the time of their end, the oldest first', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      for (const name of ['a', 'b', 'c']) {
        await end(store, (await add(store, fresh(conversationId, name))).id, { state: 'stopped' });
        bench.now += DAY_MS;
      }
      const open = await add(store, fresh(conversationId, 'd'));
      const before = bench.now - DAY_MS;
      expect(await store.removeTurnsBefore(before, 1)).toMatchObject({
        turns: 1,
        imageIds: ids('a'),
      });
      expect(await store.removeTurnsBefore(before, 9)).toMatchObject({
        turns: 1,
        imageIds: ids('b'),
      });
      expect(await store.removeTurnsBefore(before, 9)).toMatchObject({ turns: 0, open: [] });
      bench.now += 99 * DAY_MS;
      await store.removeTurnsBefore(bench.now, 9);
      expect((await store.turns(conversationId, 9)).map(({ id }) => id)).toEqual([open.id]);
    });

    it('removes a conversation with its last turn', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      await store.claimPost({ conversationId, slot: 'hello', channel: 'c' });
      await end(store, (await add(store, fresh(conversationId, 'a'))).id, { state: 'stopped' });
      expect(await store.removeTurnsBefore(bench.now + 1, 9)).toMatchObject({
        turns: 1,
        posts: [{ slot: 'hello' }],
      });
      expect(await store.conversation(conversationId)).toBe(undefined);
    });

    it('removes what is needed for a while only', async () => {
      const { store } = bench;
      await store.settle('dealt with');
      await store.receive({ key: 'undealt', payload: '{}' });
      await store.audit({ person: 'ann', action: 'undo' });
      const idle = await converse(store, 'idle');
      const busy = await converse(store, 'busy');
      const { id } = await add(store, fresh(busy, 'photo'));
      const lease = await store.acquireLease('long', 'a', 60 * DAY_MS);
      bench.now += 30 * DAY_MS;
      await store.removeRecordsBefore({ passing: bench.now - 7 * DAY_MS });
      expect(await store.conversation(idle)).toBe(undefined);
      expect(await store.turn(id)).toBeDefined();
      expect(await store.undealt(9)).toHaveLength(1);
      expect(await store.receive({ key: 'dealt with', payload: '{}' })).toBe('new');
      expect(await store.auditEntries({ limit: 9 })).toHaveLength(2);
      expect(await store.usage('2026-11-24')).toEqual({ turns: 0, rounds: 0 });
      expect(lease && (await store.renewLease(lease, 1))).toBeDefined();
      await store.removeRecordsBefore({ passing: 0, lasting: bench.now - DAY_MS });
      expect(await store.auditEntries({ limit: 9 })).toEqual([]);
      expect((await store.undealt(9)).map(({ key }) => key)).toEqual(['dealt with']);
    });
  });
}
