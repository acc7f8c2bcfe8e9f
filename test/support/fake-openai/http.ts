import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** What a fake answers with instead of its own answer. */
export type Trouble = (call: Call) => void;

/** Takes what is to be done when a server is not needed any more. */
export type WhenDone = (close: () => Promise<void>) => void;

/**
 * An HTTP server on loopback. What is thrown while it answers fails whoever closes it: the client then did not
 * keep to the protocol.
 * @param whenDone Default: it is closed when the test is over.
 */
export async function openServer(
  answer: (call: Call) => Promise<void>,
  whenDone: WhenDone = onTestFinished,
) {
  const wrong: string[] = [];
  let bytes = 0;
  let broken = 0;
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) broken += 1;
    });
    bodyOf(request)
      .then((body) => {
        bytes += body.length;
        return answer({ request, response, body });
      })
      .catch((error: unknown) => {
        if (request.destroyed && !request.complete) return;
        wrong.push(String(error));
        response.writeHead(400).end('{}');
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  whenDone(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    if (wrong.length > 0) throw new Error(`A server was misused. ${wrong.join(' ')}`);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/v1`,
    /** Of all bodies so far. */
    receivedBytes: () => bytes,
    /** Answers whose reader left before their end. */
    brokenOff: () => broken,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export const event = (response: ServerResponse, data: unknown, name?: string): boolean =>
  response.write(
    `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`,
  );

/** Answers so, for as long as there are troubles left. */
export const troubles = (list: Trouble[]) => (call: Call) => {
  const trouble = list.shift();
  trouble?.(call);
  return trouble !== undefined;
};

export const status =
  (
    code: number,
    error: unknown = { message: 'no' },
    headers: Record<string, string> = {},
  ): Trouble =>
  ({ response }) =>
    json(response, code, { error }, headers);

/** The connection breaks before anything is said. */
export const hangUp: Trouble = ({ response }) => response.destroy();

/** Never answers. */
export const silence: Trouble = () => {};
