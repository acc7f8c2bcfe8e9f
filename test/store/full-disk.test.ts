import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import { openImageStore } from '../../src/store/images/index.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import { small } from '../support/small-pictures.ts';
import { canMount, tinyDisk } from '../support/tiny-disk.ts';
import { converse, fresh } from '../support/turns.ts';

const call = { signal: new AbortController().signal };
const FULL = { code: 'STORAGE_FULL', retryable: false };

describe.skipIf(!canMount)('a full disk', () => {
  it('refuses a turn with one sentence, keeps all before it, and goes on once there is space', async () => {
    const folder = tinyDisk(2_048);
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(700_000));
    const settings = { DATA_DIR: folder, AUDIT_TEXT: false };
    const store = await openConversationStore(settings);
    const taken: string[] = [];
    const refused: unknown[] = [];
    for (let index = 0; refused.length < 3; index += 1) {
      const conversationId = await converse(store, 'garden').catch(() => taken[0] ?? 'none');
      const asked = fresh(conversationId, 'photo', {
        prompt: 'warmer '.repeat(2_000),
        messageKey: `m${index}`,
      });
      await store.addTurn(asked).then(
        () => taken.push(asked.messageKey),
        (error: unknown) => refused.push(error),
      );
    }
    for (const error of refused) {
      expect(error).toMatchObject(FULL);
      expect(error).toHaveProperty('message', expect.stringMatching(/^[A-Z][^.]+\.$/));
    }
    const count = taken.length;
    expect(count).toBeGreaterThan(3);
    for (const key of taken) expect(await store.turnOfMessage(key)).toBeDefined();
    expect(await store.openTurns()).toHaveLength(count);
    await rm(ballast);
    const conversationId = await converse(store, 'garden');
    await store.addTurn(fresh(conversationId, 'photo', { messageKey: 'after' }));
    expect(await store.openTurns()).toHaveLength(count + 1);
    await store[Symbol.asyncDispose]();

    const again = await openConversationStore(settings);
    expect(await again.openTurns()).toHaveLength(count + 1);
    expect(await again.auditEntries({ limit: 999 })).toHaveLength(count + 1);
    await again[Symbol.asyncDispose]();
  });

  it('refuses a picture, and leaves no part of it', async () => {
    const folder = tinyDisk(256);
    const images = await openImageStore(parseSettings({ DATA_DIR: folder }));
    const reference = await images.put(small('photo'), call);
    const large = { ...small(''), bytes: new Uint8Array(300_000).fill(7) };
    await expect(images.put(large, call)).rejects.toMatchObject(FULL);
    expect(await readdir(join(folder, 'images', 'scratch'))).toEqual([]);
    expect(Buffer.from((await images.get(reference, call)).bytes).toString()).toBe('photo');
    await images.put({ ...large, bytes: large.bytes.subarray(0, 9_000) }, call);
  });

  it('too small to begin with is said at the start', async () => {
    const folder = tinyDisk(16);
    await writeFile(join(folder, 'ballast'), Buffer.alloc(16_384));
    await expect(
      openConversationStore({ DATA_DIR: folder, AUDIT_TEXT: false }),
    ).rejects.toMatchObject(FULL);
    const images = await openImageStore(parseSettings({ DATA_DIR: folder }));
    await expect(images.put(small('photo'), call)).rejects.toMatchObject(FULL);
  });
});
