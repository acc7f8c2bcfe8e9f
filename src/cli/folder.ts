import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import {
  access,
  constants,
  mkdir,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';

import { AppError, isAppError } from '../errors.ts';
import { RECORD_FILE } from './record.ts';

/** Files that are being written; what a forced exit has to clear away. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const file of unfinished) rmSync(file, { force: true });
});

/** A folder of results. */
export class Folder {
  readonly path: string;
  /** The outermost folder that had to be made for it. */
  readonly #made: string | undefined;

  constructor(path: string, made: string | undefined) {
    this.path = path;
    this.#made = made;
  }

  /** Writes a whole file or none: what was there before stays until the new one is complete. */
  async write(name: string, content: Uint8Array | string): Promise<void> {
    const target = join(this.path, name);
    const draft = join(this.path, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
    unfinished.add(draft);
    try {
      await writeFile(draft, content, { flag: 'wx' });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw notWritable(target, error);
    } finally {
      unfinished.delete(draft);
    }
  }

  /** Takes the folder away again when it was made for nothing. */
  async discardIfEmpty(): Promise<void> {
    if (this.#made === undefined) return;
    const outermost = resolve(this.#made);
    let path = resolve(this.path);
    try {
      for (; path.length >= outermost.length; path = resolve(path, '..')) await rmdir(path);
    } catch {
      // Something is in it: it stays.
    }
  }
}

/**
 * The folder that was asked for, made if need be.
 * @throws {AppError} `OUTPUT_NOT_WRITABLE`, also when it holds an edit already.
 */
export async function openFolder(path: string): Promise<Folder> {
  const folder = await makeFolder(path);
  const [taken] = await resultsIn(path);
  if (taken !== undefined) {
    throw new AppError(
      'OUTPUT_NOT_WRITABLE',
      `The folder ${path} holds an edit already (${taken}); name another one with --out.`,
    );
  }
  return folder;
}

/**
 * A new folder in the working folder, named after the picture: `photo-edit`, else `photo-edit-2` and
 * so on. Two commands at the same time get two folders.
 */
export async function openNextFolder(imagePath: string): Promise<Folder> {
  const stem = `${basename(imagePath, extname(imagePath))}-edit`;
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? stem : `${stem}-${number}`;
    try {
      await mkdir(path);
      return new Folder(path, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw notWritable(path, error);
    }
  }
}

/** A folder that this project owns: made if need be, and rid of the results of the last time. */
export async function openOwnFolder(path: string): Promise<Folder> {
  const folder = await makeFolder(path);
  await Promise.all((await resultsIn(path)).map((name) => rm(join(path, name), { force: true })));
  return folder;
}

async function makeFolder(path: string): Promise<Folder> {
  try {
    const made = await makeWithParents(resolve(path));
    await access(path, constants.W_OK | constants.X_OK);
    return new Folder(path, made);
  } catch (error) {
    throw notWritable(path, error);
  }
}

/**
 * Makes a folder and those above it; returns the outermost that it made. Node's own `recursive`
 * never ends where a folder exists but takes no others, as /proc does.
 */
async function makeWithParents(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    if (codeOf(error) !== 'ENOENT') throw error;
    const outermost = await makeWithParents(dirname(path));
    if (outermost === undefined) throw error;
    await mkdir(path);
    return outermost;
  }
}

const RESULT = /^(?:round-\d+\.[a-z]+|final\.[a-z]+)$/;

async function resultsIn(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => name === RECORD_FILE || RESULT.test(name));
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file of that name is in the way',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

function notWritable(path: string, error: unknown): AppError {
  if (isAppError(error)) return error;
  const code = codeOf(error);
  return new AppError(
    'OUTPUT_NOT_WRITABLE',
    `${path} can't be written: ${REASONS[code] ?? `the system says ${code || 'no'}`}.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
