import { readFile, stat } from 'node:fs/promises';

import { AppError } from '../errors.ts';

/**
 * Reads a picture's file.
 * @throws {AppError} `IMAGE_NOT_FOUND` when there is no readable file, `IMAGE_TOO_LARGE` before
 * anything of a file over the limit is read.
 */
export async function readPicture(path: string, maxBytes: number): Promise<Uint8Array> {
  const stats = await stat(path).catch((error: unknown) => unreadable(path, error));
  if (stats.isDirectory()) throw notFound(`${path} is a folder; name a picture in it.`);
  if (!stats.isFile()) throw notFound(`${path} is not a file; name a picture.`);
  if (stats.size > maxBytes) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `${path} has ${megabytes(stats.size)} MB; ${megabytes(maxBytes)} MB are the most a picture may have.`,
    );
  }
  return readFile(path).catch((error: unknown) => unreadable(path, error));
}

function unreadable(path: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  throw notFound(
    code === 'ENOENT' || code === 'ENOTDIR'
      ? `There is no file ${path}; check its name.`
      : `${path} can't be read; check who may read it.`,
  );
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e5) / 10;

const notFound = (message: string): AppError => new AppError('IMAGE_NOT_FOUND', message);
