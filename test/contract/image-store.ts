import { getEventListeners } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { openImageStore } from '../../src/store/images/index.ts';
import type { ImageStore, StoredImage } from '../../src/store/types.ts';
import { damage, storedAt, type ImageHome } from '../support/image-homes.ts';
import { small } from '../support/small-pictures.ts';

const HOUR_MS = 3_600_000;
const NEVER_MADE = 'a'.repeat(64);

/** What every `ImageStore` must do, wherever it keeps its pictures. */
export function imageStoreContract(start: () => Promise<ImageHome>): void {
  let home: ImageHome;
  let store: ImageStore;
  const call = { signal: new AbortController().signal };

  beforeAll(async () => {
    home = await start();
  });
  beforeEach(async () => {
    await home.clear();
    store = await openImageStore(home.settings);
  });
  afterEach(() => store[Symbol.asyncDispose]());
  afterAll(() => home[Symbol.asyncDispose]());

  const listed = async (): Promise<StoredImage[]> => {
    const images: StoredImage[] = [];
    for await (const image of store.list(call)) images.push(image);
    return images;
  };

  describe('a picture', () => {
    it('comes back as it was, by its reference', async () => {
      const image = small('photo');
      const reference = await store.put(image, call);
      expect(reference).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        format: 'png',
        width: 4,
        height: 3,
        bytes: 5,
      });
      expect(await store.get(reference, call)).toEqual({
        ...image,
        bytes: expect.any(Uint8Array) as Uint8Array,
      });
      expect(Buffer.from((await store.get(reference, call)).bytes)).toEqual(Buffer.from('photo'));
      expect(await store.has(reference.id, call)).toBe(true);
      expect(await store.has(NEVER_MADE, call)).toBe(false);
    });

    it('may be large', async () => {
      const bytes = new Uint8Array(20_000_000).map((_, index) => index % 251);
      const reference = await store.put({ ...small(''), bytes }, call);
      expect(Buffer.compare((await store.get(reference, call)).bytes, bytes)).toBe(0);
    });

    it('is kept once, however often it comes', async () => {
      const references = await Promise.all(
        Array.from({ length: 20 }, () => store.put(small('photo'), call)),
      );
      expect(new Set(references.map(({ id }) => id)).size).toBe(1);
      expect(await listed()).toHaveLength(1);
    });

    it('that is not kept is missed with one sentence', async () => {
      const reference = { ...(await store.put(small('photo'), call)), id: NEVER_MADE };
      await expect(store.get(reference, call)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        retryable: false,
      });
    });

    it('is not given out once it has changed', async () => {
      const reference = await store.put(small('photo'), call);
      await damage(home, reference.id);
      await expect(store.get(reference, call)).rejects.toMatchObject({ code: 'IMAGE_DAMAGED' });
    });

    it('needs bytes', async () => {
      await expect(store.put(small(''), call)).rejects.toMatchObject({ code: 'INTERNAL' });
    });
  });

  describe('a name from outside', () => {
    it.each([
      '../../../../etc/passwd',
      `..${'/'.repeat(62)}`,
      NEVER_MADE.toUpperCase(),
      `${NEVER_MADE}/../x`,
      `${NEVER_MADE}\n`,
      '%2e%2e%2f',
      '',
    ])('leads nowhere: %j', async (id) => {
      const refused = { code: 'INTERNAL', retryable: false };
      const reference = { id, format: 'png', width: 1, height: 1, bytes: 1 } as const;
      await expect(store.get(reference, call)).rejects.toMatchObject(refused);
      await expect(store.has(id, call)).rejects.toMatchObject(refused);
      await expect(store.delete(id, Infinity, call)).rejects.toMatchObject(refused);
    });
  });

  describe('removal', () => {
    it('takes what was stored before a time', async () => {
      const { id } = await store.put(small('photo'), call);
      await storedAt(home, id, Date.now() - 2 * HOUR_MS);
      expect(await store.delete(id, Date.now() - 3 * HOUR_MS, call)).toBe(false);
      expect(await store.has(id, call)).toBe(true);
      expect(await store.delete(id, Date.now() - HOUR_MS, call)).toBe(true);
      expect(await store.has(id, call)).toBe(false);
      expect(await store.delete(id, Date.now() - HOUR_MS, call)).toBe(true);
      expect(await listed()).toEqual([]);
    });

    it('spares what was stored once more meanwhile', async () => {
      const { id } = await store.put(small('photo'), call);
      await storedAt(home, id, Date.now() - 2 * HOUR_MS);
      await store.put(small('photo'), call);
      expect(await store.delete(id, Date.now() - HOUR_MS, call)).toBe(false);
      expect(await store.has(id, call)).toBe(true);
    });

    it('takes anything where nothing is to be spared', async () => {
      const reference = await store.put(small('photo'), call);
      expect(await store.delete(reference.id, Infinity, call)).toBe(true);
      await store.put(small('photo'), call);
      expect(Buffer.from((await store.get(reference, call)).bytes).toString()).toBe('photo');
    });
  });

  describe('the list', () => {
    it('has every picture with its time, beyond any page', async () => {
      const { id: first } = await store.put(small('photo'), call);
      const ids = Array.from({ length: 1_100 }, (_, index) => `${index}`.padStart(64, '0'));
      for (const id of ids) await home.plant(id, first);
      const images = await listed();
      expect(new Set(images.map(({ id }) => id))).toEqual(new Set([first, ...ids]));
      expect(images).toHaveLength(1_101);
      for (const image of images) {
        expect(Math.abs(image.storedAt - Date.now())).toBeLessThan(HOUR_MS);
      }
    });
  });

  describe('a signal', () => {
    it('ends every call with its reason, and is let go of', async () => {
      const reference = await store.put(small('photo'), call);
      const stopped = new AppError('STOPPED', 'It was stopped.');
      const aborted = { signal: AbortSignal.abort(stopped) };
      const calls = [
        () => store.put(small('other'), aborted),
        () => store.get(reference, aborted),
        () => store.has(reference.id, aborted),
        () => store.delete(reference.id, Infinity, aborted),
        async () => {
          for await (const _ of store.list(aborted)) expect.fail('It was aborted.');
        },
      ];
      for (const work of calls) await expect(work()).rejects.toBe(stopped);
      expect(await listed()).toHaveLength(1);
      const { signal } = new AbortController();
      await store.get(await store.put(small('third'), { signal }), { signal });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('ends a call that is under way', async () => {
      const controller = new AbortController();
      const stopped = new AppError('STOPPED', 'It was stopped.');
      const bytes = new Uint8Array(30_000_000).fill(1);
      const putting = store.put({ ...small(''), bytes }, { signal: controller.signal });
      setTimeout(() => controller.abort(stopped), 5);
      const outcome: unknown = await putting.catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBe(stopped);
      for (const { id } of await listed()) expect(await store.has(id, call)).toBe(true);
    });
  });
}
