import { describe, expect, it } from 'vitest';

import type { Bench } from '../../support/conversation-homes.ts';
import { add, converse, end, fresh, reference, request, succeed } from '../../support/turns.ts';

export function describeTurns(bench: Bench): void {
  describe('a new turn', () => {
    it('is queued in a free conversation, with all that it was given', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const asked = fresh(conversationId, 'photo', {
        references: [reference('style'), reference('hat')],
        mask: reference('mask'),
        context: { replyTo: '17', locale: 'de' },
        seed: -2_147_483_648,
      });
      const turn = await add(store, asked);
      const { base: _, references, conversationId: where, ...plain } = asked;
      expect(turn).toEqual({
        ...plain,
        id: expect.stringMatching(/^[a-z0-9]{16}$/) as string,
        conversationId: where,
        sequence: 1,
        state: 'queued',
        base: { image: reference('photo') },
        source: reference('photo'),
        references,
        rounds: [],
        createdAt: bench.now,
        releasedAt: bench.now,
      });
      expect(await store.turn(turn.id)).toEqual(turn);
    });

    it('is one per message, however often it comes and from wherever', async () => {
      const other = await bench.another();
      const conversationId = await converse(bench.store);
      const elsewhere = await converse(other, 'attic');
      const asked = fresh(conversationId, 'photo');
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 ? other : bench.store).addTurn(
            index % 3 ? asked : { ...asked, conversationId: elsewhere },
          ),
        ),
      );
      const turns = await Promise.all(
        [conversationId, elsewhere].map((id) => bench.store.turns(id, 99)),
      );
      expect(turns.flat()).toHaveLength(1);
      expect(answers.filter((answer) => answer?.kind === 'added')).toHaveLength(1);
      expect(answers.filter((answer) => answer?.kind === 'duplicate')).toHaveLength(11);
      for (const answer of answers) {
        expect(answer).toMatchObject({ turn: { id: turns.flat()[0]?.id } });
      }
    });

    it.each([
      ['no text', ''],
      ['quotes', `'; drop table turns; -- "$1" ?`],
      ['an emoji', 'make it 🌅'],
      ['many words', 'warmer '.repeat(20_000)],
    ])('keeps %s as it came', async (_name, prompt) => {
      const turn = await add(bench.store, fresh(await converse(bench.store), 'photo', { prompt }));
      expect((await bench.store.turn(turn.id))?.prompt).toBe(prompt);
    });

    it('keeps all of a text but what is none', async () => {
      const prompt = 'a\0b\uD800c';
      const turn = await add(bench.store, fresh(await converse(bench.store), 'photo', { prompt }));
      expect((await bench.store.turn(turn.id))?.prompt).toBe('ab\uFFFDc');
    });

    it('without any picture in sight has no base', async () => {
      const turn = await add(bench.store, request(await converse(bench.store)));
      expect(turn).toMatchObject({ state: 'queued' });
      expect(turn).not.toHaveProperty('base');
      expect(turn).not.toHaveProperty('source');
    });

    it('goes on from the head, or from any picture of the conversation', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const first = await add(store, fresh(conversationId, 'photo'));
      await succeed(store, first, ['one', 'two']);
      const second = await add(store, request(conversationId));
      expect(second).toMatchObject({
        base: { image: reference('two'), point: { turnId: first.id, round: 2 } },
        source: reference('photo'),
      });
      await succeed(store, second, ['three']);
      const point = { turnId: first.id, round: 1 };
      const branch = await add(store, request(conversationId, { base: { kind: 'point', point } }));
      expect(branch).toMatchObject({ base: { image: reference('one'), point } });
      expect((await store.conversation(conversationId))?.head).toMatchObject(point);
      await end(store, branch.id, { state: 'asked' });
      const answer = await add(store, request(conversationId, { answers: branch.id }));
      expect(answer).toMatchObject({ answers: branch.id, base: { point } });
    });

    it.each([
      ['a round that is not there', (id: string) => ({ turnId: id, round: 9 })],
      ['a turn that is not there', () => ({ turnId: 'gone', round: 1 })],
    ])('on %s is refused, and nothing of it is left', async (_name, pointFrom) => {
      const { store } = bench;
      const conversationId = await converse(store);
      const { id } = await add(store, fresh(conversationId, 'photo'));
      const asked = request(conversationId, { base: { kind: 'point', point: pointFrom(id) } });
      await expect(store.addTurn(asked)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
      expect(await store.turns(conversationId, 9)).toHaveLength(1);
      expect(await store.usage('2026-11-24', asked.person)).toEqual({ turns: 1, rounds: 0 });
      expect((await add(store, { ...asked, base: { kind: 'head' } })).sequence).toBe(2);
    });

    it('does not edit a picture of another conversation', async () => {
      const { store } = bench;
      const { id } = await add(store, fresh(await converse(store), 'photo'));
      const base = { kind: 'point', point: { turnId: id, round: 0 } } as const;
      const asked = request(await converse(store, 'attic'), { base });
      await expect(store.addTurn(asked)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    });
  });

  describe('a turn that has to ask back', () => {
    it('ends as it is written, and leaves everything else as it was', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const running = await add(store, fresh(conversationId, 'photo'));
      const asking = request(conversationId, {
        base: { kind: 'none' },
        asks: 'Which one?',
        limits: { openPerPerson: 1, dailyPerPerson: 1 },
      });
      const asked = await add(store, asking);
      expect(asked).toMatchObject({
        state: 'asked',
        thought: { kind: 'question', text: 'Which one?' },
        sequence: 2,
        endedAt: expect.any(Number) as number,
      });
      expect(asked.base).toBeUndefined();
      expect(await store.addTurn(asking)).toEqual({ kind: 'duplicate', turn: asked });
      expect(await store.openTurns({ conversationId })).toMatchObject([{ id: running.id }]);
      expect((await store.undelivered(9)).map(({ id }) => id)).toEqual([running.id, asked.id]);
      expect((await store.conversation(conversationId))?.head?.turnId).toBe(running.id);
      const today = new Date().toISOString().slice(0, 10);
      expect((await store.usage(today, 'web:ann')).turns).toBe(1);
    });

    it('keeps the picture that came with it for the answer', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const asked = await add(store, fresh(conversationId, 'photo', { prompt: '', asks: 'What?' }));
      expect((await store.conversation(conversationId))?.head).toBeUndefined();
      const point = { turnId: asked.id, round: 0 };
      const answer = await add(
        store,
        request(conversationId, { base: { kind: 'point', point }, answers: asked.id }),
      );
      expect(answer).toMatchObject({
        state: 'queued',
        answers: asked.id,
        base: { image: reference('photo') },
        source: reference('photo'),
      });
    });
  });

  describe('turns of one conversation', () => {
    it('run one at a time, the others in order, each on what is shown then', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const first = await add(store, fresh(conversationId, 'photo'));
      const second = await add(store, request(conversationId));
      const third = await add(store, request(conversationId, { person: 'web:ben' }));
      expect([second.state, third.state]).toEqual(['waiting', 'waiting']);
      expect(second).not.toHaveProperty('base');
      bench.now += 60_000;
      const { released } = await succeed(store, first, ['one']);
      expect(released).toMatchObject({
        id: second.id,
        state: 'queued',
        base: { image: reference('one') },
        releasedAt: bench.now,
      });
      expect((await succeed(store, second, ['two'])).released).toMatchObject({
        id: third.id,
        base: { image: reference('two') },
      });
      expect((await succeed(store, third, ['three'])).released).toBe(undefined);
    });

    it('keep that order when all come at once', async () => {
      const other = await bench.another();
      const conversationId = await converse(bench.store);
      await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          (index % 2 ? other : bench.store).addTurn(fresh(conversationId, `photo ${index}`)),
        ),
      );
      const turns = await bench.store.turns(conversationId, 99);
      expect(turns.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 16 }, (_, i) => i + 1),
      );
      const ended: string[] = [];
      for (let next = turns.find(({ state }) => state === 'queued'); next;) {
        ended.push(next.id);
        next = (await end(other, next.id, { state: 'stopped' })).released;
      }
      expect(ended).toEqual(turns.map(({ id }) => id));
    });

    it('that wait can be ended without disturbing the others', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const first = await add(store, fresh(conversationId, 'photo'));
      const second = await add(store, request(conversationId));
      const third = await add(store, request(conversationId));
      expect(await end(store, second.id, { state: 'stopped' })).toMatchObject({ changed: true });
      expect(await store.turn(first.id)).toMatchObject({ state: 'queued' });
      expect((await succeed(store, first, ['one'])).released?.id).toBe(third.id);
    });

    it('are listed the oldest first, the last ones where there are many', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      for (const name of ['a', 'b', 'c', 'd']) await add(store, fresh(conversationId, name));
      expect((await store.turns(conversationId, 2)).map(({ sequence }) => sequence)).toEqual([
        3, 4,
      ]);
    });

    it('lead from the source to a picture by their bases', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const root = await add(store, fresh(conversationId, 'photo', { prompt: 'root' }));
      await succeed(store, root, ['one']);
      await succeed(store, await add(store, request(conversationId, { prompt: 'left' })), ['two']);
      const point = { turnId: root.id, round: 1 };
      const right = await add(
        store,
        request(conversationId, { prompt: 'right', base: { kind: 'point', point } }),
      );
      await succeed(store, right, ['three']);
      const tip = await add(store, request(conversationId, { prompt: 'tip' }));
      const prompts = (await store.lineage(tip.id)).map(({ prompt }) => prompt);
      expect(prompts).toEqual(['root', 'right', 'tip']);
      expect(await store.lineage('gone')).toEqual([]);
    });
  });

  describe('limits', () => {
    const limits = { dailyPerPerson: 3, openPerPerson: 2, dailyTotal: 5 };

    it('hold for a person and in total, and start anew each day', async () => {
      const { store } = bench;
      let channel = 0;
      const ask = async (person: string) => {
        channel += 1;
        return store.addTurn(
          fresh(await converse(store, `c${channel}`), 'photo', { person, limits }),
        );
      };
      const first = await ask('ann');
      const second = await ask('ann');
      expect(await ask('ann')).toEqual({ kind: 'limited', limit: 'openPerPerson' });
      for (const answer of [first, second]) {
        if (answer?.kind === 'added') await end(store, answer.turn.id, { state: 'stopped' });
      }
      expect(await ask('ann')).toMatchObject({ kind: 'added' });
      expect(await ask('ann')).toEqual({ kind: 'limited', limit: 'dailyPerPerson' });
      expect(await ask('ben')).toMatchObject({ kind: 'added' });
      expect(await ask('ben')).toMatchObject({ kind: 'added' });
      expect(await ask('cleo')).toEqual({ kind: 'limited', limit: 'dailyTotal' });
      expect(await store.usage('2026-11-24', 'ann')).toEqual({ turns: 3, rounds: 0 });
      bench.now += 12 * 3_600_000;
      expect(await ask('ann')).toMatchObject({ kind: 'added' });
    });

    it('of a person are exact however many messages come at once', async () => {
      const other = await bench.another();
      const conversationIds = await Promise.all(
        Array.from({ length: 10 }, (_, index) => converse(bench.store, `c${index}`)),
      );
      const answers = await Promise.all(
        conversationIds.map((id, index) =>
          (index % 2 ? other : bench.store).addTurn(fresh(id, 'photo', { limits })),
        ),
      );
      expect(answers.filter((answer) => answer?.kind === 'added')).toHaveLength(2);
    });

    it('leave a refused message to be dealt with', async () => {
      const { store } = bench;
      const asked = fresh(await converse(store), 'photo', { limits: { dailyPerPerson: 0 } });
      await store.receive({ key: asked.messageKey, payload: '{}' });
      expect(await store.addTurn(asked)).toEqual({ kind: 'limited', limit: 'dailyPerPerson' });
      expect(await store.undealt(9)).toHaveLength(1);
      expect(await store.turns(asked.conversationId, 9)).toEqual([]);
    });
  });
}
