import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { randomUUID } from 'node:crypto';

/**
 * Writes a file that is either there whole, also after a power cut, or not there at all. It is
 * written in `scratch`, a folder of the same file system, where a crash may leave a part of it.
 */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  scratch: string,
  signal: AbortSignal,
): Promise<void> {
  const part = join(scratch, `${basename(path)}.${randomUUID()}`);
  try {
    await Promise.all([writeSynced(part, bytes, signal), makeFolder(dirname(path))]);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a folder and those above it, durably. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const changed = [dirname(first)];
  for (let made = path; made !== first; made = dirname(made)) changed.push(dirname(made));
  await Promise.all(changed.map(syncFolder));
}

async function writeSynced(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes, { signal });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is on the disk only once its folder is. Windows has no such call, and no need of it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
