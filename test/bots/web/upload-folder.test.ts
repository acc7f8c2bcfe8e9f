import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { UploadFolder } from '../../../src/bots/web/upload-folder.ts';
import { SYSTEM_CLOCK } from '../../../src/queue/clock.ts';

const call = { signal: new AbortController().signal };
const LIMITS = { maxBytes: 1_000 };
const DAY_MS = 24 * 3_600_000;

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'reasonedit-uploads-'));
});
afterEach(() => rm(parent, { recursive: true }));

function openFolder(laterMs = 0): UploadFolder {
  const clock = { ...SYSTEM_CLOCK, now: () => Date.now() + laterMs };
  return new UploadFolder(join(parent, 'uploads'), clock);
}

const fileOf = (text: string) => Readable.from([Buffer.from(text)]);
const names = () => readdir(join(parent, 'uploads'));

describe('a folder of uploads', () => {
  it('gives back what it was given, and nobody else may read it', async () => {
    const folder = openFolder();
    const { id, bytes } = await folder.keep(fileOf('hello'), LIMITS, call);
    expect(bytes).toBe(5);
    expect(Buffer.from(await folder.read(id, LIMITS, call)).toString()).toBe('hello');
    expect((await stat(join(parent, 'uploads', id))).mode & 0o077).toBe(0);
    await expect(folder.read(id, { maxBytes: 4 }, call)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
  });

  it('keeps nothing of what was broken off, too large or empty', async () => {
    const folder = openFolder();
    const broken = async function* () {
      yield Buffer.from('some');
      throw new Error('gone');
    };
    await expect(folder.keep(Readable.from(broken()), LIMITS, call)).rejects.toMatchObject({
      isAppError: true,
    });
    const large = Readable.from([Buffer.alloc(600), Buffer.alloc(600)]);
    await expect(folder.keep(large, LIMITS, call)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    await expect(folder.keep(Readable.from([]), LIMITS, call)).rejects.toMatchObject({
      code: 'IMAGE_EMPTY',
    });
    expect(await names()).toEqual([]);
  });

  it('lets go of files after a day', async () => {
    const { id: old } = await openFolder().keep(fileOf('old'), LIMITS, call);
    const { id: recent } = await openFolder(DAY_MS + 60_000).keep(fileOf('new'), LIMITS, call);
    expect(await names()).toEqual([recent]);
    await expect(openFolder().read(old, LIMITS, call)).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });

  it('takes no more than there is room for', async () => {
    const folder = openFolder();
    const { id } = await folder.keep(fileOf('large'), LIMITS, call);
    // Sparse: it says that it is large.
    await truncate(join(parent, 'uploads', id), 2e9);
    await expect(folder.keep(fileOf('more'), LIMITS, call)).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    });
  });
});
