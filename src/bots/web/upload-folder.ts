import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import { fileFailure } from '../../store/file-failures.ts';
import { codeOf, translated } from '../../store/failures.ts';
import { randomId } from '../../store/sql/ids.ts';

const CAPS = { files: 500, totalBytes: 2e9, ageMs: 24 * 3_600_000 } as const;
const ID_LENGTH = 24;
const UPLOAD_NAME = /^[a-z0-9]{24}$/;

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly keptAt: number;
}

/**
 * Files that people sent, until the bot has taken them in: bytes that nobody has looked at, under
 * names of our own. They are never given back, and go after a day.
 */
export class UploadFolder {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /**
   * Keeps a file, whole or not at all.
   * @throws {AppError} `IMAGE_TOO_LARGE`, `IMAGE_EMPTY`; `STORAGE_FULL` where too much is kept already.
   */
  keep(
    content: Readable,
    { maxBytes }: { readonly maxBytes: number },
    { signal }: Call,
  ): Promise<{ readonly id: string; readonly bytes: number }> {
    return this.#guarded(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#makeRoom(maxBytes);
      const id = randomId(ID_LENGTH);
      const part = join(this.#folder, `${id}.part`);
      const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
      const closed = new Promise<void>((resolve) => file.once('close', () => resolve()));
      try {
        let bytes = 0;
        await pipeline(
          content,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              bytes += chunk.length;
              if (bytes > maxBytes) throw tooLarge(maxBytes);
              yield chunk;
            }
          },
          file,
          { signal },
        );
        if (bytes === 0) throw new AppError('IMAGE_EMPTY', 'That file is empty; send another.');
        await rename(part, join(this.#folder, id));
        return { id, bytes };
      } catch (error) {
        // A file that is still being opened would come after it was removed.
        await closed;
        await rm(part, { force: true });
        throw error;
      }
    });
  }

  /** @throws {AppError} `IMAGE_NOT_FOUND`, `IMAGE_TOO_LARGE` */
  read(
    id: string,
    { maxBytes }: { readonly maxBytes: number },
    { signal }: Call,
  ): Promise<Uint8Array> {
    return this.#guarded(async () => {
      signal.throwIfAborted();
      if (!UPLOAD_NAME.test(id)) throw gone();
      const path = join(this.#folder, id);
      try {
        if ((await stat(path)).size > maxBytes) throw tooLarge(maxBytes);
        return await readFile(path, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw codeOf(error) === 'ENOENT' ? gone() : error;
      }
    });
  }

  /** Removes what is too old, and refuses where what is left leaves no room. */
  async #makeRoom(bytes: number): Promise<void> {
    const before = this.#clock.now() - CAPS.ageMs;
    const kept: Kept[] = [];
    for (const file of await this.#list()) {
      if (file.keptAt < before) await rm(file.path, { force: true });
      else kept.push(file);
    }
    const total = kept.reduce((sum, file) => sum + file.bytes, bytes);
    if (kept.length >= CAPS.files || total > CAPS.totalBytes) {
      throw new AppError('STORAGE_FULL', 'Too many files wait here already; try again later.');
    }
  }

  async #list(): Promise<readonly Kept[]> {
    const files: Kept[] = [];
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const facts = await stat(path).catch(() => undefined);
      if (facts) files.push({ path, bytes: facts.size, keptAt: facts.mtimeMs });
    }
    return files;
  }

  #guarded<T>(work: () => Promise<T>): Promise<T> {
    return translated('folder of uploads', fileFailure, work);
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `Files may have up to ${maxBytes / 1e6} MB; send a smaller one.`,
  );
}

function gone(): AppError {
  return new AppError('IMAGE_NOT_FOUND', 'That file is not kept any more; please send it again.');
}
