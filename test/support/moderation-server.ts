import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';
import { z } from 'zod';

const MODEL = 'omni-moderation-latest';

/** What OpenAI takes; a second picture it refuses with `too_many_images`. */
const Body = z.strictObject({
  model: z.literal(MODEL),
  input: z.union([
    z.string().min(1),
    z.tuple([
      z.strictObject({
        type: z.literal('image_url'),
        image_url: z.strictObject({ url: z.string().regex(/^data:image\/jpeg;base64,/) }),
      }),
    ]),
  ]),
});

const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/intent',
  'self-harm/instructions',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;

interface ServerOptions {
  /** What it flags. Default: nothing. */
  readonly flags?: (asked: string | Uint8Array) => boolean | Promise<boolean>;
  /** The key it wants. Default: it takes none. */
  readonly apiKey?: string;
  /** As servers of the classic form, it takes words alone. */
  readonly textOnly?: boolean;
  /** Answers in its place. */
  readonly answer?: (response: ServerResponse, request: IncomingMessage) => void;
}

/**
 * A moderation server on loopback, at OpenAI's wire format: what does not keep to that fails the
 * test. Closed when the test is over.
 */
export async function openModerationServer(options: ServerOptions = {}) {
  /** What it was asked about, in order: words, or the bytes of a JPEG file. */
  const asked: (string | Uint8Array)[] = [];
  const wrong: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      wrong.push(String(error));
      response.writeHead(400).end('{}');
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization, 'content-type': type } = request.headers;
    const call = `${request.method} ${request.url} ${type}`;
    if (call !== 'POST /v1/moderations application/json') throw new Error(`It was ${call}.`);
    const body = await textOf(request);
    if (options.answer) return options.answer(response, request);
    if (authorization !== (options.apiKey && `Bearer ${options.apiKey}`)) {
      const message = `Incorrect API key provided: ${authorization}.`;
      return reply(response, 401, { error: { message, type: 'invalid_request_error' } });
    }
    const { input } = Body.parse(JSON.parse(body));
    if (typeof input !== 'string' && options.textOnly) {
      return reply(response, 422, { detail: [{ msg: 'Input should be a valid string', input }] });
    }
    const matter = typeof input === 'string' ? input : fileIn(input[0].image_url.url);
    asked.push(matter);
    const flagged = (await options.flags?.(matter)) ?? false;
    return reply(response, 200, verdict(flagged, typeof input === 'string' ? 'text' : 'image'));
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    if (wrong.length > 0) throw new Error(`The moderation server was misused. ${wrong.join(' ')}`);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, asked };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

const fileIn = (url: string): Uint8Array =>
  Buffer.from(url.slice('data:image/jpeg;base64,'.length), 'base64');

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function verdict(flagged: boolean, type: 'text' | 'image') {
  const forEach = <Value>(value: (category: string) => Value) =>
    Object.fromEntries(CATEGORIES.map((category) => [category, value(category)]));
  const isHit = (category: string) => flagged && category === 'violence';
  return {
    id: 'modr-1',
    model: MODEL,
    results: [
      {
        flagged,
        categories: forEach(isHit),
        category_scores: forEach((category) => (isHit(category) ? 0.9 : 0.001)),
        category_applied_input_types: forEach(() => [type]),
      },
    ],
  };
}
