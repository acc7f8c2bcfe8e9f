import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

import { openWebChat } from '../../src/store/sql/index.ts';
import type { WebChat } from '../../src/store/web-chat.ts';
import type { HomeSettings, Homes } from './conversation-homes.ts';

/** What a test of the local chat's store works with; new for each test. */
export interface WebChatBench {
  readonly chat: WebChat;
  /** The time that the store sees; a test moves it. */
  now: number;
  /** The same chat, as another process would have it. */
  another(): Promise<WebChat>;
  /** A chat with nothing in it. */
  empty(): Promise<WebChat>;
}

/** Gives each test of a file an empty chat in a database of a kind. */
export function useWebChat(start: () => Promise<Homes>): WebChatBench {
  const opened: WebChat[] = [];
  const state: { homes?: Homes; home?: HomeSettings; chat?: WebChat } = {};
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('This is there only while a test runs.');
    return value;
  };
  const bench: WebChatBench = {
    now: 1_000,
    get chat() {
      return need(state.chat);
    },
    async another() {
      const chat = await openWebChat(need(state.home), { now: () => bench.now });
      opened.push(chat);
      return chat;
    },
    async empty() {
      state.home = await need(state.homes).make();
      return bench.another();
    },
  };
  beforeAll(async () => {
    state.homes = await start();
  }, 180_000);
  beforeEach(async () => {
    bench.now = 1_000;
    state.chat = await bench.empty();
  });
  afterEach(async () => {
    for (const chat of opened.splice(0)) await chat[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await state.homes?.[Symbol.asyncDispose]();
  });
  return bench;
}
