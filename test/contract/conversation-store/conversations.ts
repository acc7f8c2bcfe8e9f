import { describe, expect, it } from 'vitest';

import type { Bench } from '../../support/conversation-homes.ts';
import { add, fresh, request } from '../../support/turns.ts';

const THREAD = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1700.1' };

export function describeConversations(bench: Bench): void {
  describe('a conversation', () => {
    it('is made once per place', async () => {
      const { store } = bench;
      const made = await store.openConversation(THREAD);
      expect(made).toEqual({
        id: expect.stringMatching(/^[a-z0-9]{16}$/) as string,
        place: THREAD,
        canUndo: false,
        canRedo: false,
        createdAt: bench.now,
        updatedAt: bench.now,
      });
      bench.now += 1_000;
      expect((await store.openConversation(THREAD)).id).toBe(made.id);
      expect(await store.findConversation(THREAD)).toMatchObject({
        id: made.id,
        createdAt: bench.now - 1_000,
      });
      expect((await store.conversation(made.id))?.place).toEqual(THREAD);
    });

    it('is another one in each thread, channel, workspace and platform', async () => {
      const places = [
        THREAD,
        { ...THREAD, thread: '1700.2' },
        { ...THREAD, channel: 'C2' },
        { ...THREAD, workspace: 'T2' },
        { ...THREAD, platform: 'discord' },
        { platform: 'slack', channel: 'C1' },
      ];
      const ids = new Set<string>();
      for (const place of places) ids.add((await bench.store.openConversation(place)).id);
      expect(ids.size).toBe(places.length);
      expect(await bench.store.findConversation({ platform: 'web', channel: 'C1' })).toBe(
        undefined,
      );
    });

    it('is one even where many want it at once', async () => {
      const other = await bench.another();
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? bench.store : other).openConversation(THREAD),
        ),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    });

    it('is among the recent ones of its platform, the latest first', async () => {
      const { store } = bench;
      const other = { ...THREAD, thread: '1700.2' };
      await store.openConversation({ platform: 'discord', channel: 'C1' });
      const direct = { platform: 'slack', channel: 'D1' };
      for (const place of [THREAD, direct, other]) {
        bench.now += 1_000;
        await store.openConversation(place);
      }
      const recent = await store.recentPlaces('slack', bench.now - 1_000, 10);
      expect(recent).toEqual([
        { place: other, updatedAt: bench.now },
        { place: direct, updatedAt: bench.now - 1_000 },
      ]);
      expect(await store.recentPlaces('slack', 0, 1)).toHaveLength(1);
      expect(await store.recentPlaces('slack', 0, 10)).toHaveLength(3);
    });

    it('moves into its thread, unless that has one', async () => {
      const { store } = bench;
      const { id } = await store.openConversation({ platform: 'discord', channel: 'c' });
      const taken = await store.openConversation({
        platform: 'discord',
        channel: 'c',
        thread: 'u',
      });
      const place = { platform: 'discord', channel: 'c', thread: 't' };
      expect(await store.placeConversation(id, place)).toBe(true);
      expect(await store.placeConversation(id, place)).toBe(true);
      expect(await store.placeConversation(id, taken.place)).toBe(false);
      expect(await store.placeConversation('gone', place)).toBe(false);
      expect((await store.findConversation(place))?.id).toBe(id);
      expect(await store.findConversation({ platform: 'discord', channel: 'c' })).toBe(undefined);
    });

    it('is known to take place somewhere by each of its turns', async () => {
      const { store } = bench;
      const { id } = await store.openConversation(THREAD);
      const { id: turnId } = await add(store, request(id));
      expect(await store.placeOf(turnId)).toEqual(THREAD);
      expect(await store.placeOf('gone')).toBe(undefined);
    });

    it('that was never there is told from one without turns', async () => {
      expect(await bench.store.conversation('gone')).toBe(undefined);
      expect(await bench.store.addTurn(request('gone'))).toBe(undefined);
      expect(await bench.store.moveHead('gone', { kind: 'undo' })).toBe(undefined);
      expect(await bench.store.turns('gone', 5)).toEqual([]);
    });
  });

  describe('a store that is closed', () => {
    it('lets go on what was begun, and takes no more', async () => {
      const store = await bench.another();
      const begun = Array.from({ length: 8 }, (_, index) =>
        store.openConversation({ ...THREAD, thread: `${index}` }),
      );
      const received = store.receive({ key: 'just in time', payload: '{}' });
      const closed = store[Symbol.asyncDispose]();
      await expect(store.openTurns()).rejects.toMatchObject({ code: 'SHUTDOWN' });
      await closed;
      await store[Symbol.asyncDispose]();
      expect(await received).toBe('new');
      for (const { place } of await Promise.all(begun)) {
        expect(await bench.store.findConversation(place)).toBeDefined();
      }
    });
  });

  describe('the inbox', () => {
    const message = { key: 'slack:C1:1700.1', person: 'slack:T1:U1', payload: '{"text":"hi"}' };

    it('takes each message once, also from several sides at once', async () => {
      const other = await bench.another();
      const answers = await Promise.all([
        ...Array.from({ length: 5 }, () => bench.store.receive(message)),
        ...Array.from({ length: 5 }, () => other.receive(message)),
      ]);
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
    });

    it('gives back what nobody has dealt with, the oldest first', async () => {
      const { store } = bench;
      await store.receive(message);
      bench.now += 5;
      await store.receive({ key: 'b', payload: '{}' });
      bench.now -= 10;
      await store.receive({ key: 'c', payload: '{}' });
      expect(await store.undealt(10)).toEqual([
        { key: 'c', payload: '{}', receivedAt: bench.now },
        { ...message, receivedAt: bench.now + 5 },
        { key: 'b', payload: '{}', receivedAt: bench.now + 10 },
      ]);
      expect(await store.undealt(1)).toHaveLength(1);
      await store.settle('c');
      await store.settle('c');
      expect((await store.undealt(10)).map(({ key }) => key)).toEqual([message.key, 'b']);
    });

    it('keeps what may be asked for later, until it is swept or its person forgotten', async () => {
      const { store } = bench;
      await store.receive({ key: 'kept', person: 'web:ann', payload: '{"words":1}' });
      await store.receive({ key: 'dropped', person: 'web:ann', payload: '{"words":2}' });
      await store.settle('kept', { keepPayload: true });
      await store.settle('dropped');
      expect(await store.undealt(9)).toEqual([]);
      expect(await store.inboxMessage('kept')).toMatchObject({
        key: 'kept',
        person: 'web:ann',
        payload: '{"words":1}',
      });
      expect(await store.inboxMessage('dropped')).toBeUndefined();
      expect(await store.inboxMessage('never there')).toBeUndefined();
      await store.removePerson('web:ann');
      expect(await store.inboxMessage('kept')).toBeUndefined();
      expect(await store.receive({ key: 'kept', payload: '{}' })).toBe('seen');
    });

    it('knows a message for dealt with once it is a turn', async () => {
      const { store } = bench;
      const { id } = await store.openConversation(THREAD);
      await store.receive(message);
      const turn = await add(store, fresh(id, 'photo', { messageKey: message.key }));
      expect(await store.undealt(10)).toEqual([]);
      expect(await store.receive(message)).toBe('seen');
      expect((await store.turnOfMessage(message.key))?.id).toBe(turn.id);
    });

    it('makes no turn of a message that was dealt with otherwise', async () => {
      const { id } = await bench.store.openConversation(THREAD);
      await bench.store.settle('never received');
      expect(
        await bench.store.addTurn(fresh(id, 'photo', { messageKey: 'never received' })),
      ).toEqual({ kind: 'duplicate' });
    });
  });
}
