import { describe, expect, it } from 'vitest';

import type { NewSaid, Said, WebChat, WebMessage } from '../../src/store/web-chat.ts';
import type { WebChatBench } from '../support/web-chat-homes.ts';
import { reference } from '../support/turns.ts';

const saying = (changes: Partial<NewSaid> = {}): NewSaid => ({
  key: 'one',
  title: 'Warmer',
  content: '{"text":"warmer"}',
  ...changes,
});

const painting = (content: string, ...names: string[]) => ({
  content,
  pictures: names.map(reference),
});

/** All that a reader sees who comes now, or who comes back. */
async function readFrom(chat: WebChat, after: number, thread?: string) {
  const { threads, messages, revision } = await chat.changes(after, thread, 1_000);
  return { threads, messages, revision };
}

async function said(chat: WebChat, changes: Partial<NewSaid> = {}): Promise<Said> {
  return (await chat.say(saying(changes))) ?? expect.fail('The thread is gone.');
}

async function posted(chat: WebChat, thread: string, marker = 'm1', content = 'hello') {
  const id = await chat.post(thread, { marker, ...painting(content) });
  return id ?? expect.fail('The thread is gone.');
}

const contents = (messages: readonly WebMessage[]) => messages.map(({ content }) => content);

/** What every store of the local chat does, whatever it keeps its data in. */
export function webChatContract(bench: WebChatBench): void {
  describe('what a person says', () => {
    it('opens a thread, and goes on in it', async () => {
      const { chat } = bench;
      const first = await said(chat);
      expect(await chat.thread(first.threadId)).toEqual({
        id: first.threadId,
        title: 'Warmer',
        updatedAt: 1_000,
        isDeleted: false,
      });
      bench.now = 2_000;
      const second = await said(chat, { key: 'two', threadId: first.threadId, content: 'more' });
      expect(second).toMatchObject({ threadId: first.threadId, sentAt: 2_000, isHeard: false });
      expect((await chat.thread(first.threadId))?.updatedAt).toBe(2_000);
    });

    it('is kept once per key, also by two at the same time', async () => {
      const { chat } = bench;
      const another = await bench.another();
      const [one, two, three] = await Promise.all([said(chat), said(another), said(chat)]);
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      expect((await readFrom(chat, 0, one.threadId)).messages).toHaveLength(1);
      expect((await readFrom(chat, 0)).threads).toHaveLength(1);
    });

    it('waits until it is heard', async () => {
      const { chat } = bench;
      const first = await said(chat);
      bench.now += 1;
      const second = await said(chat, { key: 'two', threadId: first.threadId });
      expect(await chat.unheard(9)).toEqual([first, second]);
      expect(await chat.unheard(1)).toEqual([first]);
      await chat.heard(first.messageId);
      expect(await chat.unheard(9)).toEqual([second]);
      expect(await said(chat)).toEqual({ ...first, isHeard: true });
    });

    it('is not taken in a thread that is gone', async () => {
      const { chat } = bench;
      expect(await chat.say(saying({ threadId: 'nowhere' }))).toBe(undefined);
      const { threadId } = await said(chat);
      await chat.removeThread(threadId);
      expect(await chat.say(saying({ key: 'two', threadId }))).toBe(undefined);
    });
  });

  describe('what the bot posts', () => {
    it('is there once per marker, and is found by it', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const first = await posted(chat, thread, 'm1');
      expect(await posted(chat, thread, 'm1', 'other words')).toBe(first);
      expect(await posted(chat, thread, 'm2')).not.toBe(first);
      expect(await chat.find(thread, 'm1', 0)).toBe(first);
      expect(await chat.find(thread, 'm1', 1_001)).toBe(undefined);
      expect(await chat.find('elsewhere', 'm1', 0)).toBe(undefined);
      expect(await chat.message(first)).toMatchObject({ content: 'hello', author: 'bot' });
    });

    it('changes, but not by the same again', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const id = await posted(chat, thread);
      expect(await chat.update(thread, id, painting('bye'))).toBe(true);
      const { revision } = await readFrom(chat, 0, thread);
      expect(await chat.update(thread, id, painting('bye'))).toBe(true);
      expect(await readFrom(chat, revision, thread)).toMatchObject({ revision, messages: [] });
      expect(await chat.update('elsewhere', id, painting('x'))).toBe(false);
      expect(await chat.update(thread, 'nothing', painting('x'))).toBe(false);
    });

    it('keeps what the person thinks of it, also when it changes', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const id = await posted(chat, thread);
      const { revision } = await readFrom(chat, 0, thread);
      expect(await chat.message(id)).not.toHaveProperty('opinion');
      await chat.judge(id, 'up');
      await chat.judge(id, 'down');
      await chat.update(thread, id, painting('bye'));
      const { messages } = await readFrom(chat, revision, thread);
      expect(messages).toMatchObject([{ id, opinion: 'down', content: 'bye' }]);
    });

    it('is not there to be judged once it was removed', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const id = await posted(chat, thread);
      await chat.remove(thread, id);
      await chat.judge(id, 'up');
      await chat.judge('nothing', 'up');
      expect((await readFrom(chat, 0, thread)).messages).toEqual([]);
    });

    it('is no more once it was removed, and its marker stays taken', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const id = await posted(chat, thread);
      const { revision } = await readFrom(chat, 0, thread);
      await chat.remove(thread, id);
      await chat.remove(thread, id);
      expect(await chat.find(thread, 'm1', 0)).toBe(undefined);
      expect(await chat.update(thread, id, painting('x'))).toBe(false);
      expect(await chat.message(id)).toBe(undefined);
      expect(await posted(chat, thread)).toBe(id);
      const [news, ...more] = (await readFrom(chat, revision, thread)).messages;
      expect(news).toMatchObject({ id, isDeleted: true, content: '' });
      expect(more).toEqual([]);
      expect((await readFrom(chat, 0, thread)).messages).toEqual([]);
    });

    it('never changes what a person said', async () => {
      const { chat } = bench;
      const { threadId, messageId } = await said(chat);
      expect(await chat.update(threadId, messageId, painting('x'))).toBe(false);
      await chat.remove(threadId, messageId);
      await chat.judge(messageId, 'up');
      expect(await chat.message(messageId)).toMatchObject({ author: 'person' });
      expect(await chat.message(messageId)).not.toHaveProperty('opinion');
    });
  });

  describe('a picture', () => {
    it('is given out while a message shows it', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      const { id: one } = reference('one');
      const id = await chat.post(thread, { marker: 'm1', ...painting('a', 'one', 'one', 'two') });
      const other = await chat.post(thread, { marker: 'm2', ...painting('b', 'two') });
      expect(await chat.picture(one)).toEqual(reference('one'));
      expect(await chat.picture(reference('none').id)).toBe(undefined);
      await chat.update(thread, id ?? '', painting('c', 'two'));
      expect(await chat.picture(one)).toBe(undefined);
      await chat.remove(thread, id ?? '');
      expect(await chat.picture(reference('two').id)).toEqual(reference('two'));
      await chat.remove(thread, other ?? '');
      expect(await chat.picture(reference('two').id)).toBe(undefined);
    });

    it('goes with its thread', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      await chat.post(thread, { marker: 'm1', ...painting('a', 'one') });
      await chat.removeThread(thread);
      expect(await chat.picture(reference('one').id)).toBe(undefined);
    });
  });

  describe('a reader', () => {
    it('gets what is later than what it has, each in its present state', async () => {
      const { chat } = bench;
      const { threadId: thread } = await said(chat);
      const id = await posted(chat, thread, 'm1', 'a');
      const first = await readFrom(chat, 0, thread);
      expect(contents(first.messages)).toEqual(['{"text":"warmer"}', 'a']);
      await chat.update(thread, id, painting('b'));
      await chat.update(thread, id, painting('c'));
      const second = await readFrom(chat, first.revision, thread);
      expect(contents(second.messages)).toEqual(['c']);
      expect(second.messages[0]?.position).toBe(first.messages[1]?.position);
    });

    it('gets much in parts', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      for (const marker of ['a', 'b', 'c', 'd', 'e']) await posted(chat, thread, marker, marker);
      const seen: string[] = [];
      for (let after = 0, isWhole = false; !isWhole;) {
        const part = await chat.changes(after, thread, 2);
        seen.push(...contents(part.messages));
        ({ revision: after, isWhole } = part);
      }
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    it('learns of a thread that is gone, and one who comes later never hears of it', async () => {
      const { chat } = bench;
      const thread = await chat.open('Warmer');
      await posted(chat, thread);
      const { revision } = await readFrom(chat, 0, thread);
      await chat.removeThread(thread);
      await chat.removeThread(thread);
      expect((await readFrom(chat, revision, thread)).threads).toMatchObject([
        { id: thread, title: '', isDeleted: true },
      ]);
      expect(await readFrom(chat, 0, thread)).toMatchObject({ threads: [], messages: [] });
      expect(await chat.post(thread, { marker: 'm9', ...painting('late') })).toBe(undefined);
    });

    it('learns of threads that were left alone for too long', async () => {
      const { chat } = bench;
      const old = await said(chat);
      bench.now = 5_000;
      const recent = await said(chat, { key: 'two' });
      const { revision } = await readFrom(chat, 0);
      expect(await chat.removeThreadsBefore(5_000)).toBe(1);
      expect(await chat.removeThreadsBefore(5_000)).toBe(0);
      const { threads } = await readFrom(chat, revision, old.threadId);
      expect(threads).toMatchObject([{ id: old.threadId, isDeleted: true }]);
      expect((await readFrom(chat, 0, old.threadId)).messages).toEqual([]);
      expect((await readFrom(chat, 0, recent.threadId)).messages).toHaveLength(1);
    });

    it('gets nothing of threads that it does not read', async () => {
      const { chat } = bench;
      const one = await chat.open('One');
      const two = await chat.open('Two');
      await posted(chat, one, 'a', 'of one');
      await posted(chat, two, 'b', 'of two');
      expect(contents((await readFrom(chat, 0, two)).messages)).toEqual(['of two']);
      expect((await readFrom(chat, 0)).messages).toEqual([]);
      expect((await readFrom(chat, 0)).threads.map(({ title }) => title)).toEqual(['One', 'Two']);
    });
  });
}
