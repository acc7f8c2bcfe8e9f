import type { IncomingMessage, ServerResponse } from 'node:http';

import type { World } from './world.ts';

const PATH = /^\/(?:ephemeral-)?attachments\/(\d+)\/(\d+)\/([^/]+)$/;

/** Files of messages, behind links that hold for a while. */
export class Cdn {
  readonly #world: World;
  /** Ids of files that were fetched, in order. */
  readonly fetched: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  handle({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, this.#world.cdnUrl);
    const [, channelId, id = '', name] = PATH.exec(pathname) ?? [];
    const file = this.#world.files.get(id);
    const until = Number.parseInt(searchParams.get('ex') ?? '0', 16) * 1_000;
    const isGood =
      file !== undefined &&
      file.channelId === channelId &&
      encodeURIComponent(file.name) === name &&
      this.#world.clock.now() < until;
    if (!isGood || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      return void response.end('This content is no longer available.');
    }
    if (method === 'GET') this.fetched.push(id);
    response.writeHead(200, {
      'content-type': file.mediaType,
      'content-length': file.bytes.length,
      'cache-control': 'public, max-age=31536000',
    });
    response.end(method === 'GET' ? file.bytes : undefined);
  }
}
