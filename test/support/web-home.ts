import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { WebParts } from '../../src/bots/web/parts.ts';
import { openWebAdapter, type WebAdapter } from '../../src/bots/web/adapter.ts';
import { openWebChat } from '../../src/store/sql/index.ts';
import type { WebChat } from '../../src/store/web-chat.ts';
import { MemoryImages } from './memory-images.ts';

/** A local chat over a folder of its own, which outlives the adapters that serve it. */
export interface WebHome extends AsyncDisposable {
  readonly folder: string;
  readonly chat: WebChat;
  readonly images: MemoryImages;
  /** Not started yet. All that are open close with the home. */
  adapter(changes?: Partial<WebParts>): WebAdapter;
}

export type WebSettings = WebParts['settings'];

export async function openWebHome(settings: Partial<WebSettings> = {}): Promise<WebHome> {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-web-'));
  const chat = await openWebChat({ DATA_DIR: folder });
  const images = new MemoryImages();
  const opened: WebAdapter[] = [];
  return {
    folder,
    chat,
    images,
    adapter: (changes = {}) => {
      const adapter = openWebAdapter({
        chat,
        images,
        settings: {
          DATA_DIR: folder,
          MAX_IMAGE_MEGABYTES: 2,
          WEB_HOST: '127.0.0.1',
          WEB_PORT: 0,
          ...settings,
        },
        ...changes,
      });
      opened.push(adapter);
      return adapter;
    },
    async [Symbol.asyncDispose]() {
      for (const adapter of opened) await adapter[Symbol.asyncDispose]();
      await chat[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** The address of an adapter that has started. */
export function urlOf({ url }: WebAdapter): string {
  if (url === undefined) throw new Error('The chat is not being served.');
  return url;
}
