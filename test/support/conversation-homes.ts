import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

import type { Settings } from '../../src/config/index.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import type { ConversationStore } from '../../src/store/types.ts';
import { startPostgres } from './postgres.ts';

export type HomeSettings = Pick<Settings, 'DATA_DIR' | 'DATABASE_URL' | 'AUDIT_TEXT'>;

/** Where empty stores of one kind can live, one at a time. */
export interface Homes extends AsyncDisposable {
  make(): Promise<HomeSettings>;
  /** Breaks all connections to a home, where there are any. */
  disconnectAll?(home: HomeSettings): Promise<void>;
}

/** Every kind of database, by the name of its dialect's file. */
export const CONVERSATION_HOMES = {
  sqlite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reasonedit-sqlite-'));
    return {
      make: async () => ({ DATA_DIR: await mkdtemp(join(folder, 'home-')), AUDIT_TEXT: false }),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  },
  postgres: async () => {
    const server = await startPostgres();
    let url: string | undefined;
    return {
      async make() {
        if (url === undefined) url = await server.createDatabase();
        else await server.empty(url);
        return { DATA_DIR: '/nowhere', DATABASE_URL: url, AUDIT_TEXT: false };
      },
      disconnectAll: (home) => server.disconnectAll(home.DATABASE_URL ?? ''),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
} as const satisfies Record<string, () => Promise<Homes>>;

/** What a test of a store works with; new for each test. */
export interface Bench {
  readonly store: ConversationStore;
  readonly home: HomeSettings;
  readonly homes: Homes;
  /** The time that the store sees; a test moves it. */
  now: number;
  /** One more store over the same data, as another process would have it. */
  another(changes?: Partial<HomeSettings>): Promise<ConversationStore>;
}

/** Noon of a day, so that no test crosses midnight by itself. */
const NOON = Date.UTC(2026, 10, 24, 12);

/** Gives each test of a file an empty store of a kind. */
export function useConversationStore(start: () => Promise<Homes>): Bench {
  const opened: ConversationStore[] = [];
  const state: { homes?: Homes; home?: HomeSettings; store?: ConversationStore } = {};
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('This is there only while a test runs.');
    return value;
  };
  const bench: Bench = {
    now: NOON,
    get store() {
      return need(state.store);
    },
    get home() {
      return need(state.home);
    },
    get homes() {
      return need(state.homes);
    },
    async another(changes = {}) {
      const settings = { ...need(state.home), ...changes };
      const store = await openConversationStore(settings, { now: () => bench.now });
      opened.push(store);
      return store;
    },
  };
  beforeAll(async () => {
    state.homes = await start();
  }, 180_000);
  beforeEach(async () => {
    bench.now = NOON;
    state.home = await need(state.homes).make();
    state.store = await bench.another();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await state.homes?.[Symbol.asyncDispose]();
  });
  return bench;
}
