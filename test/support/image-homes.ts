import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { parseSettings, type Settings } from '../../src/config/index.ts';

/** Where an empty image store can live, and how a test reaches behind it. */
export interface ImageHome extends AsyncDisposable {
  readonly settings: Settings;
  /** The file that a picture is in. */
  fileOf(id: string): string;
  /** Removes all pictures. */
  clear(): Promise<void>;
  /** Keeps another picture's bytes under an id: much faster than many a `put`. */
  plant(id: string, like: string): Promise<void>;
}

/** Every kind of image store, by the name of its file. */
export const IMAGE_HOMES = {
  'file-images': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reasonedit-images-'));
    const fileOf = (id: string) => join(folder, 'images', id.slice(0, 2), id.slice(2, 4), id);
    return {
      settings: parseSettings({ DATA_DIR: folder }),
      fileOf,
      clear: () => rm(join(folder, 'images'), { recursive: true, force: true }),
      async plant(id, like) {
        await mkdir(dirname(fileOf(id)), { recursive: true });
        await copyFile(fileOf(like), fileOf(id));
      },
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  },
  's3-images': startS3,
} as const satisfies Record<string, () => Promise<ImageHome>>;

const SERVER = new URL('./children/s3-server.mjs', import.meta.url);

/** A server that speaks S3, with an empty bucket. */
async function startS3(): Promise<ImageHome> {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-s3-'));
  // It writes the tokens of its lists with a cipher of old.
  const server = fork(SERVER, [folder], { execArgv: ['--openssl-legacy-provider'] });
  const [port] = (await once(server, 'message')) as [number];
  const parts = (id: string) =>
    ['object', 'object.md5', 'metadata.json'].map((part) =>
      join(folder, 'pictures', 'images', `${id}._S3rver_${part}`),
    );
  return {
    settings: parseSettings({
      DATA_DIR: '/nowhere',
      S3_BUCKET: 'pictures',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    }),
    fileOf: (id) => parts(id)[0] ?? '',
    clear: () => rm(join(folder, 'pictures', 'images'), { recursive: true, force: true }),
    async plant(id, like) {
      const targets = parts(id);
      await Promise.all(parts(like).map((part, index) => copyFile(part, targets[index] ?? '')));
    },
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** Makes a picture look as if it had been stored at another time. */
export async function storedAt(home: ImageHome, id: string, time: number): Promise<void> {
  await utimes(home.fileOf(id), new Date(time), new Date(time));
}

/** Replaces the bytes of a picture by others, as a broken disk would. */
export async function damage(home: ImageHome, id: string): Promise<void> {
  await writeFile(home.fileOf(id), 'not what it was');
}
