import { describe, expect, it } from 'vitest';

import type { HeadMove } from '../../../src/store/types.ts';
import type { Bench } from '../../support/conversation-homes.ts';
import { add, converse, end, fresh, reference, request, succeed } from '../../support/turns.ts';

export function describeHeads(bench: Bench): void {
  /** Two turns of a conversation: photo → one, two; two → three. */
  const twoTurns = async () => {
    const { store } = bench;
    const conversationId = await converse(store);
    const first = await add(store, fresh(conversationId, 'photo'));
    await succeed(store, first, ['one', 'two']);
    const second = await add(store, request(conversationId));
    await succeed(store, second, ['three']);
    const move = (how: HeadMove, messageKey?: string) =>
      store.moveHead(conversationId, how, messageKey === undefined ? {} : { messageKey });
    const shown = async () => (await store.conversation(conversationId))?.head?.image.id;
    return { conversationId, first, second, move, shown };
  };

  describe('the head', () => {
    it('goes back step by step to the beginning, and forth again', async () => {
      const { move, shown } = await twoTurns();
      for (const name of ['two', 'photo']) {
        expect(await move({ kind: 'undo' })).toMatchObject({ moved: true });
        expect(await shown()).toBe(reference(name).id);
      }
      expect(await move({ kind: 'undo' })).toMatchObject({
        moved: false,
        conversation: { canUndo: false, canRedo: true },
      });
      for (const name of ['two', 'three']) {
        expect(await move({ kind: 'redo' })).toMatchObject({ moved: true });
        expect(await shown()).toBe(reference(name).id);
      }
      expect(await move({ kind: 'redo' })).toMatchObject({
        moved: false,
        conversation: { canUndo: true, canRedo: false },
      });
    });

    it('goes to any round, and back from there', async () => {
      const { first, move, shown } = await twoTurns();
      await move({ kind: 'to', point: { turnId: first.id, round: 1 } });
      expect(await shown()).toBe(reference('one').id);
      await move({ kind: 'undo' });
      expect(await shown()).toBe(reference('three').id);
      await move({ kind: 'redo' });
      expect(await shown()).toBe(reference('one').id);
      expect(await move({ kind: 'to', point: { turnId: first.id, round: 1 } })).toMatchObject({
        moved: false,
      });
    });

    it('goes to the original of what is shown', async () => {
      const { conversationId, move, shown } = await twoTurns();
      const other = await add(bench.store, fresh(conversationId, 'another photo'));
      await succeed(bench.store, other, ['four']);
      await move({ kind: 'original' });
      expect(await shown()).toBe(reference('another photo').id);
      await move({ kind: 'to', point: { turnId: other.id, round: 1 } });
      expect(await move({ kind: 'original' })).toMatchObject({ moved: true });
      expect(await move({ kind: 'original' })).toMatchObject({ moved: false });
    });

    it('does not go to what is no picture of the conversation', async () => {
      const { first, move, shown } = await twoTurns();
      const before = await shown();
      for (const point of [
        { turnId: first.id, round: 7 },
        { turnId: 'gone', round: 0 },
      ]) {
        await expect(move({ kind: 'to', point })).rejects.toMatchObject({
          code: 'IMAGE_NOT_FOUND',
        });
      }
      expect(await shown()).toBe(before);
    });

    it('moves once per message, and tells each time whether it did', async () => {
      const { move, shown } = await twoTurns();
      await bench.store.receive({ key: 'undo!', payload: '{}' });
      for (const key of ['undo!', 'undo!', 'never seen', 'never seen']) {
        expect(await move({ kind: 'undo' }, key)).toMatchObject({ moved: true });
      }
      expect(await shown()).toBe(reference('photo').id);
      expect(await move({ kind: 'undo' }, 'once more')).toMatchObject({ moved: false });
      await move({ kind: 'redo' });
      expect(await move({ kind: 'undo' }, 'once more')).toMatchObject({ moved: false });
      expect(await bench.store.undealt(9)).toMatchObject([{ key: 'undo!' }]);
    });

    it('tells in a repeat where the head was then, while it is elsewhere', async () => {
      const { second, move, shown } = await twoTurns();
      const first = await move({ kind: 'undo' }, 'undo!');
      expect(first?.head).toEqual(first?.conversation.head);
      await move({ kind: 'redo' });
      expect(await move({ kind: 'undo' }, 'undo!')).toMatchObject({
        moved: true,
        head: first?.head,
        conversation: { head: { turnId: second.id } },
      });
      expect(await shown()).toBe(reference('three').id);
    });

    it('goes several steps at once, as far as there are some', async () => {
      const { move, shown } = await twoTurns();
      expect(await move({ kind: 'undo', times: 2 })).toMatchObject({ moved: true });
      expect(await shown()).toBe(reference('photo').id);
      expect(await move({ kind: 'redo', times: 9 })).toMatchObject({ moved: true });
      expect(await shown()).toBe(reference('three').id);
      expect(await move({ kind: 'redo', times: 9 })).toMatchObject({ moved: false });
    });

    it('is the base of what waits only once its turn has come', async () => {
      const { store } = bench;
      const { conversationId, move } = await twoTurns();
      const running = await add(store, request(conversationId));
      await add(store, request(conversationId));
      await move({ kind: 'undo' });
      const { released } = await end(store, running.id, { state: 'stopped' });
      expect(released?.base?.image).toEqual(reference('two'));
    });

    it('after an edit of an older picture can still go back to all that was shown', async () => {
      const { store } = bench;
      const { conversationId, first, move, shown } = await twoTurns();
      const point = { turnId: first.id, round: 1 };
      const branch = await add(store, request(conversationId, { base: { kind: 'point', point } }));
      await succeed(store, branch, ['four']);
      const seen = [await shown()];
      while ((await move({ kind: 'undo' }))?.moved) seen.push(await shown());
      const names = ['four', 'one', 'three', 'two', 'photo'];
      expect(seen).toEqual(names.map((name) => reference(name).id));
    });

    it('follows a new edit; what was undone stays in reach by itself', async () => {
      const { store } = bench;
      const { conversationId, second, move, shown } = await twoTurns();
      await move({ kind: 'undo' });
      await succeed(store, await add(store, request(conversationId)), ['four']);
      expect(await move({ kind: 'redo' })).toMatchObject({ moved: false });
      await move({ kind: 'to', point: { turnId: second.id, round: 1 } });
      expect(await shown()).toBe(reference('three').id);
    });

    it('is nowhere before the first picture', async () => {
      const conversationId = await converse(bench.store);
      for (const kind of ['undo', 'redo', 'original'] as const) {
        expect(await bench.store.moveHead(conversationId, { kind })).toMatchObject({
          moved: false,
        });
      }
    });
  });
}
