import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openConversationStore } from '../../../src/store/sql/index.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { add, converse, fresh } from '../../support/turns.ts';

const GONE = { code: 'STORE_UNAVAILABLE', retryable: true };
const REFUSED = { code: 'STORE_UNAVAILABLE', retryable: false };

describe('a lost PostgreSQL', () => {
  const bench = useConversationStore(CONVERSATION_HOMES.postgres);

  it('is found again by the next call, and no turn is half there', async () => {
    const { store } = bench;
    const outcomes: unknown[] = [];
    const writing = Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let index = 0; index < 25; index += 1) {
          const asked = fresh('', `photo ${index}`, { messageKey: `${writer} ${index}` });
          try {
            const conversationId = await converse(store, `channel ${writer}`);
            await store.addTurn({ ...asked, conversationId });
          } catch (error) {
            outcomes.push(error);
          }
        }
      }),
    );
    for (let cut = 0; cut < 8; cut += 1) {
      await bench.homes.disconnectAll?.(bench.home);
    }
    await writing;
    expect(outcomes.length).toBeGreaterThan(0);
    for (const error of outcomes) expect(error).toMatchObject(GONE);
    const turns = await store.openTurns();
    for (const turn of turns) expect(turn.source).toBeDefined();
    expect(await store.auditEntries({ limit: 999 })).toHaveLength(turns.length);
    expect((await store.usage('2026-11-24')).turns).toBe(turns.length);
  });

  it('says what is wrong with an address, in one sentence without the password', async () => {
    const url = new URL(bench.home.DATABASE_URL ?? '');
    const at = (change: (url: URL) => void): string => {
      const changed = new URL(url);
      change(changed);
      return changed.href;
    };
    const cases = [
      [at((changed) => (changed.port = '1')), GONE],
      [at((changed) => (changed.pathname = '/nobody_made_this')), REFUSED],
      [at((changed) => (changed.username = 'nobody_made_this')), REFUSED],
    ] as const;
    for (const [DATABASE_URL, expected] of cases) {
      await expect(openConversationStore({ ...bench.home, DATABASE_URL })).rejects.toMatchObject({
        ...expected,
        message: expect.stringMatching(/^The database can't be [^.]+\.$/) as string,
      });
    }
  });

  it('that has no space or no rights left says so', async () => {
    const { store, home } = bench;
    const conversationId = await converse(store);
    const cases = [
      ['53100', { code: 'STORAGE_FULL', retryable: false }],
      ['57P01', GONE],
      ['25006', GONE],
      ['42501', REFUSED],
      ['22012', { code: 'INTERNAL' }],
    ] as const;
    for (const [state, expected] of cases) {
      await query(
        home.DATABASE_URL,
        `
        create or replace function fail() returns trigger language plpgsql as
        $$ begin raise exception 'as told' using errcode = '${state}'; end $$;
        create or replace trigger fail before insert on audit execute function fail();`,
      );
      await expect(store.addTurn(fresh(conversationId, 'photo'))).rejects.toMatchObject(expected);
    }
    await query(home.DATABASE_URL, 'drop trigger fail on audit');
    expect(await store.turns(conversationId, 9)).toEqual([]);
    await add(store, fresh(conversationId, 'photo'));
  });
});

describe('a silent PostgreSQL', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is given up', async () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await expect(
      openConversationStore({
        DATA_DIR: '/nowhere',
        DATABASE_URL: `postgres://ann@127.0.0.1:${port}/x`,
        AUDIT_TEXT: false,
      }),
    ).rejects.toMatchObject(GONE);
  });
});

describe('a SQLite file', () => {
  const open = (folder: string) => openConversationStore({ DATA_DIR: folder, AUDIT_TEXT: false });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reasonedit-lost-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('that is none is not touched', async () => {
    await writeFile(join(folder, 'reasonedit.sqlite'), 'Dear diary, today. '.repeat(500));
    await expect(open(folder)).rejects.toMatchObject(REFUSED);
  });

  it('where no folder can be is missed with one sentence', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(open(join(file, 'data'))).rejects.toMatchObject({
      ...REFUSED,
      message: expect.stringMatching(/^The data folder [^.]+\.$/) as string,
    });
  });

  it('that another process keeps to itself is busy in the end', { timeout: 60_000 }, async () => {
    const home = join(folder, 'busy');
    const store = await open(home);
    const other = new Database(join(home, 'reasonedit.sqlite'));
    other.exec('begin immediate');
    await expect(converse(store)).rejects.toMatchObject(GONE);
    other.exec('commit');
    other.close();
    await converse(store);
    await store[Symbol.asyncDispose]();
  });
});

async function query(url: string | undefined, text: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
