import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import type { ChatAdapter, Destination } from '../../../src/bots/types.ts';
import { WebChatClient, type ChatEvent } from '../../support/web-chat-client.ts';
import { openWebHome, urlOf, type WebHome } from '../../support/web-home.ts';

const call = { signal: new AbortController().signal };

let home: WebHome;
let adapter: ChatAdapter;
let client: WebChatClient;
let thread: string;
let destination: Destination;

beforeEach(async () => {
  home = await openWebHome();
  const opened = home.adapter();
  await opened.start(() => Promise.resolve(), call);
  adapter = opened;
  client = new WebChatClient(urlOf(opened));
  thread = await home.chat.open('Warmer');
  destination = { place: { platform: 'web', channel: 'local', thread }, context: {} };
});
afterEach(() => home[Symbol.asyncDispose]());

const note = (text: string) =>
  ({ message: { kind: 'note', text: plain(text), pictures: [], buttons: [] } }) as const;

const post = async (text: string) =>
  (await adapter.postMessage(destination, note(text), `marker ${text}`, call)).messageId;

const textsOf = ({ messages }: Pick<ChatEvent, 'messages'>) =>
  messages.map(({ content }) => content && 'text' in content && content.text);

/** Reads on until a condition holds, and tells all it was told. */
async function readUntil(
  events: AsyncGenerator<ChatEvent, void>,
  isEnough: (told: readonly ChatEvent[]) => boolean,
): Promise<ChatEvent[]> {
  const told: ChatEvent[] = [];
  while (!isEnough(told)) {
    const { value } = await events.next();
    if (!value) break;
    told.push(value);
  }
  return told;
}

const isReady = (told: readonly ChatEvent[]) => told.at(-1)?.type === 'ready';
const hasText = (text: string) => (told: readonly ChatEvent[]) =>
  told.some((event) => textsOf(event).includes(text));

describe('a reader', () => {
  it('sees what there is, and then what comes', async () => {
    const first = await post('one');
    const events = client.events(thread);
    const before = await readUntil(events, isReady);
    expect(before.flatMap(textsOf)).toEqual(['one']);
    await post('two');
    await adapter.updateMessage(destination, first, note('one, changed'), call);
    const after = await readUntil(events, hasText('one, changed'));
    expect(after.flatMap(textsOf)).toEqual(expect.arrayContaining(['two', 'one, changed']));
    await events.return();
  });

  it('goes on from its last event, with nothing lost and nothing twice', async () => {
    const first = await post('one');
    const events = client.events(thread);
    const seen = await readUntil(events, isReady);
    const lastEventId = seen.at(-1)?.id;
    await events.return();
    await post('two');
    await adapter.updateMessage(destination, first, note('a'), call);
    await adapter.updateMessage(destination, first, note('b'), call);
    const again = client.events(thread, lastEventId);
    const missed = await readUntil(again, isReady);
    expect(missed.flatMap(textsOf)).toEqual(['two', 'b']);
    await again.return();
    const current = client.events(thread, missed.at(-1)?.id);
    const nothing = await readUntil(current, isReady);
    expect(nothing).toMatchObject([{ type: 'ready', messages: [] }]);
    await current.return();
  });

  it('is told to forget what it has of a chat that is no more', async () => {
    await post('one');
    const events = client.events(thread, '999999');
    const told = await readUntil(events, isReady);
    expect(told.map(({ type }) => type)).toEqual(['reset', 'changes', 'ready']);
    expect(told.flatMap(textsOf)).toEqual(['one']);
    await events.return();
  });

  it('begins from the start where its last event makes no sense', async () => {
    await post('one');
    const events = client.events(thread, 'x');
    expect((await readUntil(events, isReady)).flatMap(textsOf)).toEqual(['one']);
    await events.return();
  });

  it('is one of many, who all see the same', async () => {
    const readers = [client.events(thread), client.events(thread), client.events(thread)];
    await Promise.all(readers.map((events) => readUntil(events, isReady)));
    const id = await post('0');
    for (let count = 1; count <= 20; count += 1) {
      await adapter.updateMessage(destination, id, note(String(count)), call);
    }
    for (const told of await Promise.all(
      readers.map((events) => readUntil(events, hasText('20'))),
    )) {
      const counts = told.flatMap(textsOf).map(Number);
      expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    }
    await Promise.all(readers.map((events) => events.return()));
  });

  it('learns of threads, of those that begin and of those that go', async () => {
    const events = client.events(undefined);
    const before = await readUntil(events, isReady);
    expect(before.flatMap(({ threads }) => threads.map(({ title }) => title))).toEqual(['Warmer']);
    const { thread: other } = await client.say('Cooler, please');
    const [begun] = await readUntil(events, (told) => told.length === 1);
    expect(begun?.threads).toMatchObject([{ id: other, title: 'Cooler, please' }]);
    await client.fetch(`/api/threads/${other}`, { method: 'DELETE' });
    const [gone] = await readUntil(events, (told) => told.length === 1);
    expect(gone?.threads).toMatchObject([{ id: other, isDeleted: true }]);
    await events.return();
  });

  it('is let go when the chat closes', async () => {
    const events = client.events(thread);
    await readUntil(events, isReady);
    await adapter[Symbol.asyncDispose]();
    const end = await readUntil(events, () => false).then(
      () => 'ended',
      () => 'cut off',
    );
    expect(['ended', 'cut off']).toContain(end);
  });

  it('reads after a restart what was there before', async () => {
    await client.say('warmer', { thread });
    await post('one');
    await adapter[Symbol.asyncDispose]();
    const next = home.adapter();
    await next.start(() => Promise.resolve(), call);
    const messages = await new WebChatClient(urlOf(next)).read(thread);
    expect(textsOf({ messages })).toEqual(['warmer', 'one']);
  });
});
