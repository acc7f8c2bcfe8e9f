import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openFileImages } from '../../../src/store/images/file-images.ts';
import type { ImageStore } from '../../../src/store/types.ts';
import { IMAGE_HOMES, storedAt, type ImageHome } from '../../support/image-homes.ts';
import { small } from '../../support/small-pictures.ts';

const call = { signal: new AbortController().signal };
const HOUR_MS = 3_600_000;

describe('pictures in files', () => {
  let home: ImageHome;
  let store: ImageStore;
  let folder: string;

  beforeAll(async () => {
    home = await IMAGE_HOMES['file-images']();
    folder = join(home.settings.DATA_DIR, 'images');
  });
  beforeEach(async () => {
    await home.clear();
    store = await openFileImages(folder);
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const listed = async () => {
    const ids: string[] = [];
    for await (const { id } of store.list(call)) ids.push(id);
    return ids;
  };

  it('lie two folders deep, by their content', async () => {
    const { id } = await store.put(small('photo'), call);
    expect(home.fileOf(id)).toBe(join(folder, id.slice(0, 2), id.slice(2, 4), id));
    expect(await readdir(join(folder, id.slice(0, 2), id.slice(2, 4)))).toEqual([id]);
    expect(await readdir(join(folder, 'scratch'))).toEqual([]);
  });

  it('are told from whatever else lies there', async () => {
    const { id } = await store.put(small('photo'), call);
    const beside = join(folder, id.slice(0, 2), id.slice(2, 4));
    await writeFile(join(beside, 'notes.txt'), 'not a picture');
    await writeFile(join(folder, 'ff'), 'not a folder');
    await mkdir(join(folder, 'lost+found'));
    await symlink('/nowhere', join(beside, 'b'.repeat(64)));
    expect(await listed()).toEqual([id]);
  });

  it('that a crash left half written go with time', async () => {
    const [old, young] = ['old', 'young'].map((name) => join(folder, 'scratch', name));
    for (const path of [old, young]) await writeFile(path ?? '', 'half a pict');
    const before = new Date(Date.now() - 2 * HOUR_MS);
    await utimes(old ?? '', before, before);
    expect(await listed()).toEqual([]);
    expect(await readdir(join(folder, 'scratch'))).toEqual(['young']);
  });

  it('are never lost to a removal that happens beside a put', { timeout: 60_000 }, async () => {
    const { id } = await store.put(small('photo'), call);
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (s, steps) => {
          await store.put(small('photo'), call);
          await storedAt(home, id, Date.now() - 2 * HOUR_MS);
          const put = s.schedule(Promise.resolve()).then(() => store.put(small('photo'), call));
          const others = steps.map(async (removal) => {
            await s.schedule(Promise.resolve());
            if (removal) await store.delete(id, Date.now() - HOUR_MS, call);
            else await store.has(id, call);
          });
          await s.waitAll();
          const [reference] = await Promise.all([put, ...others]);
          expect(Buffer.from((await store.get(reference, call)).bytes).toString()).toBe('photo');
        },
      ),
      { numRuns: 60 },
    );
  });
});
