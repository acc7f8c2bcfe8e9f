import { randomUUID } from 'node:crypto';
import { access, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, translated } from '../failures.ts';
import type { ImageStore, StoredImage } from '../types.ts';
import { makeFolder, writeAtomically } from './atomic-file.ts';
import { checkedId, checkedReference, notKept, referenceTo, verified } from './digest.ts';
import { fileFailure } from '../file-failures.ts';

const IMAGE_NAME = /^[0-9a-f]{64}$/;
/** What is still being written is younger than this. */
const ABANDONED_MS = 3_600_000;

/**
 * Pictures as files named by their content, `ab/cd/abcd…`, in a folder that is made when it is not
 * there. Any number of processes may share it, on one machine or on a network file system.
 */
export async function openFileImages(folder: string): Promise<ImageStore> {
  const scratch = join(folder, 'scratch');
  const pathOf = (id: string) => join(folder, id.slice(0, 2), id.slice(2, 4), id);
  await guarded(undefined, () => makeFolder(scratch));

  return {
    put: (image, { signal }) =>
      guarded(signal, async () => {
        const reference = await referenceTo(image);
        const path = pathOf(reference.id);
        if (!(await touched(path))) await writeAtomically(path, image.bytes, scratch, signal);
        return reference;
      }),

    get: (reference, { signal }) =>
      guarded(signal, async () => {
        const checked = checkedReference(reference);
        const bytes = await readFile(pathOf(checked.id), { signal }).catch((error: unknown) => {
          throw codeOf(error) === 'ENOENT' ? notKept(error) : error;
        });
        return verified(checked, bytes);
      }),

    has: (id, { signal }) => guarded(signal, () => exists(pathOf(checkedId(id)))),

    delete: (id, storedBefore, { signal }) =>
      guarded(signal, () => removeOld(pathOf(checkedId(id)), scratch, storedBefore)),

    async *list({ signal }) {
      await guarded(signal, () => clearScratch(scratch, Date.now() - ABANDONED_MS));
      for (const one of await namesIn(folder, signal)) {
        if (!/^[0-9a-f]{2}$/.test(one)) continue;
        for (const two of await namesIn(join(folder, one), signal)) {
          yield* imagesIn(join(folder, one, two), signal);
        }
      }
    },

    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function* imagesIn(folder: string, signal: AbortSignal): AsyncGenerator<StoredImage> {
  for (const id of await namesIn(folder, signal)) {
    if (!IMAGE_NAME.test(id)) continue;
    const storedAt = await guarded(signal, () => storedTime(join(folder, id)));
    if (storedAt !== undefined) yield { id, storedAt };
  }
}

function namesIn(folder: string, signal: AbortSignal): Promise<string[]> {
  return guarded(signal, async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
      throw error;
    }
  });
}

/** Makes a file count as just stored; false where there is none. */
async function touched(path: string): Promise<boolean> {
  const now = new Date();
  return whereThere(() => utimes(path, now, now).then(() => true), false);
}

function exists(path: string): Promise<boolean> {
  return whereThere(() => access(path).then(() => true), false);
}

function storedTime(path: string): Promise<number | undefined> {
  return whereThere(() => stat(path).then(({ mtimeMs }) => mtimeMs), undefined);
}

/**
 * Removes a file unless it was stored at or after a time; whether it is gone. It is moved away
 * first, so that a `put` of the same bytes either touched it before, which is seen then, or writes anew.
 */
async function removeOld(path: string, scratch: string, storedBefore: number): Promise<boolean> {
  const storedAt = await storedTime(path);
  if (storedAt === undefined) return true;
  if (storedAt >= storedBefore) return false;
  const aside = join(scratch, `removed.${randomUUID()}`);
  if (!(await whereThere(() => rename(path, aside).then(() => true), false))) return true;
  if (((await storedTime(aside)) ?? 0) >= storedBefore) {
    await rename(aside, path);
    return false;
  }
  await rm(aside, { force: true });
  return true;
}

/** Removes what crashes left behind. */
async function clearScratch(scratch: string, before: number): Promise<void> {
  for (const name of await readdir(scratch)) {
    const path = join(scratch, name);
    if (((await storedTime(path)) ?? before) < before) await rm(path, { force: true });
  }
}

async function whereThere<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return otherwise;
    throw error;
  }
}

function guarded<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  return translated('picture folder', fileFailure, async () => {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  });
}
