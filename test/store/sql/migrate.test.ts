import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openConversationStore } from '../../../src/store/sql/index.ts';
import { MIGRATIONS } from '../../../src/store/sql/migrations/index.ts';
import { CONVERSATION_HOMES, type Homes } from '../../support/conversation-homes.ts';

const OPENER = new URL('../../support/children/store-opener.mjs', import.meta.url);

describe.each(Object.entries(CONVERSATION_HOMES))('migrations on %s', (_name, start) => {
  let homes: Homes;
  beforeAll(async () => {
    homes = await start();
  }, 180_000);
  afterAll(() => homes[Symbol.asyncDispose]());

  it('run once, however many processes start at once', { timeout: 60_000 }, async () => {
    const home = await homes.make();
    const children = Array.from({ length: 5 }, () => fork(OPENER));
    await Promise.all(children.map((child) => once(child, 'message')));
    const answers = await Promise.all(
      children.map(async (child) => {
        const answer = once(child, 'message');
        child.send(home);
        return (await answer)[0] as unknown;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^[a-z0-9]{16}$/);
  });
});

describe('a SQLite home', () => {
  let homes: Homes;
  beforeAll(async () => {
    homes = await CONVERSATION_HOMES.sqlite();
  });
  afterAll(() => homes[Symbol.asyncDispose]());

  it('that a newer release has used is left to that one', async () => {
    const home = await homes.make();
    await (await openConversationStore(home))[Symbol.asyncDispose]();
    const database = new Database(join(home.DATA_DIR, 'reasonedit.sqlite'));
    database.exec(`insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')`);
    database.close();
    await expect(openConversationStore(home)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('newer release') as string,
    });
  });

  it("is nobody else's to read", async () => {
    const { DATA_DIR: parent, ...home } = await homes.make();
    const folder = join(parent, 'data');
    const store = await openConversationStore({ ...home, DATA_DIR: folder });
    await store.openConversation({ platform: 'web', channel: 'garden' });
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await modeOf(folder)).toBe(0o700);
    for (const end of ['', '-wal', '-shm']) {
      expect(await modeOf(join(folder, `reasonedit.sqlite${end}`))).toBe(0o600);
    }
    await store[Symbol.asyncDispose]();
  });
});

describe('the list of migrations', () => {
  it('is in the order of names', () => {
    const names = Object.keys(MIGRATIONS);
    expect(names).toEqual(names.toSorted());
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/);
  });
});
