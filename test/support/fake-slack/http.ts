import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { Args, argsOf } from './args.ts';
import { giveDownload, loginPage, takeUpload } from './file-server.ts';
import type { Responses } from './responses.ts';
import type { Sockets } from './sockets.ts';
import type { CallRecord, Trouble, Troubles } from './troubles.ts';
import { jsonAnswer, tooMany, type WebAnswer, type WebApi, type WebRequest } from './web-api.ts';
import type { World } from './world.ts';

export interface HttpParts {
  readonly world: World;
  readonly api: WebApi;
  readonly sockets: Sockets;
  readonly responses: Responses;
  readonly troubles: Troubles;
}

/** Answers all that comes over HTTP; a part that breaks is a fault of the test. */
export async function listen(parts: HttpParts): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      parts.world.faults.push(`The fake broke: ${String(error)}`);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    parts.sockets.accept(request, socket, head, parts.world.app.id);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(
  parts: HttpParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, troubles } = parts;
  const request = await read(incoming);
  const method = methodOf(request.path);
  const args = isMethod(method)
    ? await argsOf(request.query, request.type, request.body)
    : new Args(new Map());
  const channel = args.optionalText('channel') ?? args.optionalText('channel_id') ?? '';
  const record: CallRecord = { method, channel, at: world.clock.now() };
  troubles.calls.push(record);
  const { trouble, ambush } = troubles.take(record);
  if (ambush?.when === 'unheard') ambush.strike();
  if (ambush?.when === 'unheard' || trouble?.kind === 'hangs-up') {
    record.error = 'unheard';
    response.destroy();
    return;
  }
  const answer = troubled(trouble) ?? (await answerOf(parts, method, request, args));
  const error = errorIn(answer);
  if (error !== undefined) record.error = error;
  if (ambush?.when === 'heard') ambush.strike();
  if (ambush?.when === 'heard' || trouble?.kind === 'lost') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
  if (ambush) response.on('finish', ambush.strike);
}

function troubled(trouble: Trouble | undefined): WebAnswer | undefined {
  switch (trouble?.kind) {
    case 'rate-limited':
      return tooMany(trouble.seconds);
    case 'refused':
      return jsonAnswer({ ok: false, error: trouble.error, ...trouble.details });
    case 'status':
      return { status: trouble.status, headers: trouble.headers ?? {}, body: 'upstream trouble' };
    case 'login-page':
      return loginPage();
    case 'lost':
    case 'hangs-up':
    case undefined:
      return undefined;
  }
  return trouble satisfies undefined;
}

function answerOf(
  { world, responses, api }: HttpParts,
  method: string,
  request: WebRequest,
  args: Args,
): WebAnswer | Promise<WebAnswer> {
  switch (method) {
    case 'upload':
      return takeUpload(world, request);
    case 'download':
      return giveDownload(world, request);
    case 'response_url':
      return responses.answer(world, request);
    default:
      return api.answer(method, request, args);
  }
}

const PLACES: Readonly<Record<string, string>> = {
  upload: 'upload',
  'files-pri': 'download',
  respond: 'response_url',
};

const isMethod = (name: string): boolean => /^\w+(\.\w+)+$/.test(name);

function methodOf(path: string): string {
  const [, place = '', name = ''] = path.split('/');
  return PLACES[place] ?? (place === 'api' ? name : path);
}

function errorIn({ status, headers, body }: WebAnswer): string | undefined {
  if (status !== 200) return status === 429 ? 'ratelimited' : String(status);
  if (headers['content-type']?.startsWith('text/html')) return 'login page';
  if (typeof body !== 'string' || !body.startsWith('{')) return undefined;
  return (JSON.parse(body) as { error?: string }).error;
}

async function read(incoming: IncomingMessage): Promise<WebRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://slack');
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return {
    path: pathname,
    query: searchParams,
    type: incoming.headers['content-type'] ?? '',
    authorization: incoming.headers.authorization ?? '',
    body: Buffer.concat(parts),
  };
}
