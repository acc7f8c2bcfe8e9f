import { describe, expect, it } from 'vitest';

import type { TurnEnd } from '../../../src/store/records.ts';
import type { Bench } from '../../support/conversation-homes.ts';
import {
  PLAN,
  add,
  converse,
  end,
  fresh,
  reference,
  reflection,
  request,
  round,
  succeed,
  success,
} from '../../support/turns.ts';

export function describeTurnLife(bench: Bench): void {
  const queued = async () => add(bench.store, fresh(await converse(bench.store), 'photo'));

  describe('a turn at work', () => {
    it('is written down step by step', async () => {
      const { store } = bench;
      const { id } = await queued();
      bench.now += 10;
      await store.startTurn(id, { deadlineAt: bench.now + 600_000 });
      await store.recordThought(id, PLAN);
      const kept = { moved: { x: 12, y: -1.5, zoom: 1.01 }, restored: 0.9 };
      await store.recordRound(id, { ...round(1), kept, reflection: reflection('refine') });
      await store.recordRound(id, round(2));
      bench.now += 10;
      await end(store, id, success(2));
      expect(await store.turn(id)).toMatchObject({
        state: 'succeeded',
        thought: PLAN,
        rounds: [{ ...round(1), kept, reflection: reflection('refine') }, round(2)],
        best: { round: 2, reason: 'judged-success' },
        stopReason: 'success',
        startedAt: bench.now - 10,
        deadlineAt: bench.now - 10 + 600_000,
        endedAt: bench.now,
      });
      expect(await store.usage('2026-11-24', 'web:ann')).toEqual({ turns: 1, rounds: 2 });
    });

    it('takes the same facts any number of times', async () => {
      const { store } = bench;
      const { id } = await queued();
      await store.startTurn(id, { deadlineAt: 1 });
      await store.recordThought(id, PLAN);
      expect(await store.recordRound(id, round(1))).toBe(true);
      const once = await store.turn(id);
      bench.now += 5_000;
      await store.startTurn(id, { deadlineAt: 2 });
      await store.recordThought(id, { kind: 'question', text: 'Which one?' });
      await store.recordRound(id, round(1, 'something else'));
      expect(await store.turn(id)).toEqual(once);
      expect((await store.usage('2026-11-24', 'web:ann')).rounds).toBe(1);
    });

    it('gets a reflection later, or the round anew where none came', async () => {
      const { store } = bench;
      const { id } = await queued();
      const { reflection: judged, ...bare } = round(1);
      const rounds = async () => (await store.turn(id))?.rounds;
      await store.recordRound(id, bare);
      expect(await rounds()).toEqual([bare]);
      const redone = round(1, 'done again');
      await store.recordRound(id, redone);
      expect(await rounds()).toEqual([redone]);
      await store.recordRound(id, { ...bare, reflection: judged ?? reflection() });
      expect(await rounds()).toEqual([redone]);
      expect((await store.usage('2026-11-24', 'web:ann')).rounds).toBe(1);
    });

    it('is not started before it is its turn', async () => {
      const { store } = bench;
      const { conversationId } = await queued();
      const waiting = await add(store, request(conversationId));
      expect(await store.startTurn(waiting.id)).toBe(true);
      expect((await store.turn(waiting.id))?.state).toBe('waiting');
    });

    it.each([
      { kind: 'question', text: 'Which dog?' },
      { kind: 'declined', text: 'I cannot do that.', code: 'NOT_SUPPORTED' },
    ] as const)('keeps a thought that is a $kind', async (thought) => {
      const { id } = await queued();
      expect(await bench.store.recordThought(id, thought)).toBe(true);
      expect((await bench.store.turn(id))?.thought).toEqual(thought);
    });

    it('is not there any more once it was forgotten', async () => {
      const { store } = bench;
      expect(await store.turn('gone')).toBe(undefined);
      expect(await store.startTurn('gone')).toBe(false);
      expect(await store.recordThought('gone', PLAN)).toBe(false);
      expect(await store.recordRound('gone', round(1))).toBe(false);
      expect(await store.endTurn('gone', success())).toBe(undefined);
      await store.markDelivered('gone');
    });
  });

  describe('the end of a turn', () => {
    it.each<TurnEnd>([
      { state: 'stopped' },
      { state: 'stopped', best: { round: 1, reason: 'only-round' }, stopReason: 'stopped' },
      { state: 'expired', best: { round: 2, reason: 'highest-score' }, stopReason: 'deadline' },
      { state: 'expired' },
      { state: 'asked' },
      { state: 'declined', code: 'NOT_SUPPORTED' },
      { state: 'failed', code: 'ENGINE_CRASHED' },
      { state: 'failed', code: 'ENGINE_CRASHED', best: { round: 1, reason: 'latest-of-equals' } },
    ])('is kept as it was: %j', async (how) => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      await store.recordRound(id, round(1));
      await store.recordRound(id, round(2));
      const { turn } = await end(store, id, how);
      expect(turn).toMatchObject(how);
      expect('best' in turn).toBe('best' in how);
      const head = (await store.conversation(conversationId))?.head;
      expect(head?.round).toBe('best' in how ? how.best?.round : 0);
    });

    it('happens once, whoever tells of it', async () => {
      const other = await bench.another();
      const { id, conversationId } = await queued();
      await bench.store.recordRound(id, round(1));
      await add(bench.store, request(conversationId));
      const ends = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          end(index % 2 ? other : bench.store, id, index % 2 ? success() : { state: 'stopped' }),
        ),
      );
      expect(ends.filter(({ changed }) => changed)).toHaveLength(1);
      expect(ends.filter(({ released }) => released)).toHaveLength(1);
      expect(new Set(ends.map(({ turn }) => turn.state)).size).toBe(1);
    });

    it('is final', async () => {
      const { store } = bench;
      const { id } = await queued();
      const { turn } = await succeed(store, { id }, ['one']);
      await store.startTurn(id);
      await store.recordThought(id, { kind: 'question', text: 'Which?' });
      await store.recordRound(id, round(2));
      await end(store, id, { state: 'failed', code: 'INTERNAL' });
      expect(await store.turn(id)).toEqual(turn);
    });

    it('brings what was not recorded before it, and changes nothing that was', async () => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      const { reflection: _later, ...bare } = round(2);
      await store.recordRound(id, round(1));
      await store.recordRound(id, bare);
      const rounds = [round(1, 'something else'), round(2), round(3)];
      const { turn } =
        (await store.endTurn(id, success(3), { thought: PLAN, rounds })) ?? expect.fail();
      expect(turn).toMatchObject({ thought: PLAN, rounds: [round(1), round(2), round(3)] });
      expect((await store.conversation(conversationId))?.head?.round).toBe(3);
      expect((await store.usage('2026-11-24', 'web:ann')).rounds).toBe(3);
      const late = { thought: { kind: 'question', text: 'Which?' }, rounds: [round(4)] } as const;
      expect(await store.endTurn(id, success(3), late)).toMatchObject({ changed: false, turn });
    });

    it('with a best round that is not there is a fault, and changes nothing', async () => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      await add(store, request(conversationId));
      await expect(store.endTurn(id, success(3))).rejects.toMatchObject({ code: 'INTERNAL' });
      const states = (await store.turns(conversationId, 9)).map(({ state }) => state);
      expect(states).toEqual(['queued', 'waiting']);
    });

    it('of a failed turn leaves the picture that was shown', async () => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      await succeed(store, { id }, ['one']);
      const next = await add(store, request(conversationId));
      await end(store, next.id, { state: 'failed', code: 'DEADLINE' });
      expect((await store.conversation(conversationId))?.head?.image).toEqual(reference('one'));
    });
  });

  describe('what is open', () => {
    it('is known, also by person', async () => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      bench.now += 1;
      const second = await add(store, request(conversationId, { person: 'web:ben' }));
      const ids = async (person?: string) =>
        (await store.openTurns(person === undefined ? {} : { person })).map((turn) => turn.id);
      expect(await ids()).toEqual([id, second.id]);
      expect(await ids('web:ben')).toEqual([second.id]);
      await succeed(store, { id }, ['one']);
      expect(await ids()).toEqual([second.id]);
    });

    it('is known for its thread as well', async () => {
      const { store } = bench;
      const { id, conversationId } = await queued();
      bench.now += 1;
      const second = await add(store, request(conversationId));
      const ids = async (limit = 9) => (await store.undelivered(limit)).map((turn) => turn.id);
      await store.markDelivered(id);
      expect(await ids()).toEqual([id, second.id]);
      await succeed(store, { id }, ['one']);
      expect(await ids(1)).toEqual([id]);
      await store.markDelivered(id);
      expect(await ids()).toEqual([second.id]);
      expect((await store.turn(id))?.deliveredAt).toBe(bench.now);
    });
  });
}
