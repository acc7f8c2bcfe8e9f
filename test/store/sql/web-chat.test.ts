import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { WebChat, WebMessage } from '../../../src/store/web-chat.ts';
import { webChatContract } from '../../contract/web-chat.ts';
import { CONVERSATION_HOMES } from '../../support/conversation-homes.ts';
import { useWebChat } from '../../support/web-chat-homes.ts';

describe.each(Object.entries(CONVERSATION_HOMES))('the local chat on %s', (_name, start) => {
  webChatContract(useWebChat(start));
});

type Step =
  | { readonly kind: 'post' | 'update' | 'remove'; readonly message: number; readonly text: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'read'; readonly reader: number; readonly limit: number };

const text = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('post', 'update', 'remove'),
    message: fc.nat({ max: 3 }),
    text,
  }),
  fc.record({ kind: fc.constant('say' as const), text }),
  fc.record({
    kind: fc.constant('read' as const),
    reader: fc.nat({ max: 2 }),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
);

/** Keeps what it was told, as the page does, and notes what it was told twice. */
class Reader {
  readonly seen = new Map<string, WebMessage>();
  readonly revisions: number[] = [];
  #after = 0;

  async read(chat: WebChat, thread: string, limit: number): Promise<boolean> {
    const { messages, revision, isWhole } = await chat.changes(this.#after, thread, limit);
    for (const message of messages) {
      this.revisions.push(message.revision);
      if (message.isDeleted) this.seen.delete(message.id);
      else this.seen.set(message.id, message);
    }
    this.#after = revision;
    return isWhole;
  }

  get thread(): readonly WebMessage[] {
    return [...this.seen.values()].toSorted((one, other) => one.position - other.position);
  }
}

describe('any order of posts, changes and reads', () => {
  const bench = useWebChat(CONVERSATION_HOMES.sqlite);

  it('leaves every reader with the same thread, and tells each change once', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        runs += 1;
        const { chat } = bench;
        const thread = await chat.open('Warmer');
        const readers = [new Reader(), new Reader(), new Reader()];
        const ids = new Map<number, string>();
        for (const [index, taken] of steps.entries()) {
          const painting = { content: 'text' in taken ? taken.text : '', pictures: [] };
          if (taken.kind === 'read') await readers[taken.reader]?.read(chat, thread, taken.limit);
          else if (taken.kind === 'say') {
            const key = `${runs}:${index}`;
            await chat.say({ key, threadId: thread, title: '', content: taken.text });
          } else if (taken.kind === 'post') {
            const marker = `${runs}:${taken.message}`;
            const id = await chat.post(thread, { marker, ...painting });
            if (id !== undefined) ids.set(taken.message, id);
          } else {
            const id = ids.get(taken.message) ?? 'none';
            if (taken.kind === 'update') await chat.update(thread, id, painting);
            else await chat.remove(thread, id);
          }
        }
        const late = new Reader();
        for (const reader of [...readers, late]) {
          while (!(await reader.read(chat, thread, 2)));
          expect(reader.revisions).toEqual(
            [...new Set(reader.revisions)].toSorted((one, other) => one - other),
          );
        }
        for (const reader of readers) expect(reader.thread).toEqual(late.thread);
      }),
      { numRuns: 60 },
    );
  });
});
