import type { IncomingMessage, ServerResponse } from 'node:http';

import { ApiError, failure } from './api-error.ts';
import { RateLimits } from './rate-limits.ts';
import { ROUTES } from './routes/index.ts';
import type { RestCall, UploadedFile } from './routes/route.ts';
import { Troubles } from './troubles.ts';
import type { World } from './world.ts';

/** A request of the bot, for tests that count. */
export interface RecordedRequest {
  readonly method: string;
  /** The path behind `/api/v10`. */
  readonly path: string;
  /** As it is in `ROUTES`, such as `/channels/:channel/messages`. */
  readonly route: string;
  readonly at: number;
  status: number;
}

const PREFIX = '/api/v10';

/** The platform's HTTP interface, version 10. */
export class Rest {
  readonly #world: World;
  readonly #token: string;
  readonly #gatewayUrl: () => string;
  readonly limits: RateLimits;
  readonly troubles = new Troubles();
  readonly requests: RecordedRequest[] = [];

  constructor(world: World, token: string, gatewayUrl: () => string) {
    this.#world = world;
    this.#token = token;
    this.#gatewayUrl = gatewayUrl;
    this.limits = new RateLimits(world.limits);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://discord');
    const path = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : pathname;
    const found = pathname.startsWith(PREFIX) ? match(method, path) : undefined;
    const recorded = {
      method,
      path,
      route: found?.route.path ?? '?',
      at: this.#world.clock.now(),
      status: 0,
    };
    this.requests.push(recorded);
    const headers: Record<string, string> = {};
    const reply = (status: number, body?: unknown, more: Record<string, string> = {}) => {
      recorded.status = status;
      this.#world.changed();
      if (body === undefined) response.writeHead(status, { ...headers, ...more }).end();
      else {
        const json = { 'content-type': 'application/json' };
        response.writeHead(status, { ...json, ...headers, ...more }).end(JSON.stringify(body));
      }
    };
    try {
      const { body, files } = await read(request, this.#world.limits.requestBytes);
      const trouble = this.troubles.take(method, path);
      if (trouble?.kind === 'hangs-up') return void request.socket.destroy();
      if (trouble?.kind === 'status') throw new ApiError(trouble.status, 0, 'Something is wrong.');
      if (!found) {
        this.#world.faults.push(`There is no ${method} ${pathname}.`);
        throw new ApiError(404, 0, '404: Not Found');
      }
      const { route, params } = found;
      const isBot = request.headers.authorization === `Bot ${this.#token}`;
      if (!isBot && route.needs === 'token') throw new ApiError(401, 0, '401: Unauthorized');
      const limited = this.limits.take(
        route,
        params,
        trouble?.kind === 'limited' ? trouble : undefined,
      );
      Object.assign(headers, limited.headers);
      if (limited.body) return reply(429, limited.body);
      const call: RestCall = { params, query, body, files, gatewayUrl: this.#gatewayUrl() };
      const answer = await route.answer(this.#world, call);
      if (trouble?.kind === 'lost') return void request.socket.destroy();
      reply(answer === undefined ? 204 : (route.status ?? 200), answer);
    } catch (error) {
      if (error instanceof ApiError) return reply(error.status, error.body, error.headers);
      this.#world.faults.push(`${method} ${path} failed: ${String((error as Error).stack)}`);
      reply(500, { message: '500: Internal Server Error', code: 0 });
    }
  }
}

function match(method: string, path: string) {
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const params = paramsOf(route.path, path);
    if (params) return { route, params };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** The body of a request, whole: JSON, or a form of JSON and files. */
async function read(
  request: IncomingMessage,
  maxBytes: number,
): Promise<{ body: unknown; files: readonly UploadedFile[] }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Uint8Array).length;
    if (size <= maxBytes) chunks.push(chunk as Uint8Array);
  }
  if (size > maxBytes) throw failure(40_005);
  if (size === 0) return { body: undefined, files: [] };
  const whole = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json'))
    return { body: parse(whole.toString('utf8')), files: [] };
  if (!type.startsWith('multipart/form-data')) {
    throw new ApiError(400, 50_035, `Expected "Content-Type" header to be application/json.`);
  }
  const form = await new Response(whole, { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  let body: unknown;
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (typeof value === 'string') body = parse(value);
    else if (index !== undefined) {
      const bytes = new Uint8Array(await value.arrayBuffer());
      files.push({ index: Number(index), name: value.name, bytes });
    }
  }
  return { body, files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 50_109, 'The request body contains invalid JSON.');
  }
}
