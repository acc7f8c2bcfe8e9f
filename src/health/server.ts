import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { AppError } from '../errors.ts';
import type { Exposition } from '../metrics/prometheus.ts';
import type { Readiness } from './readiness.ts';

export interface HealthServerOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly readiness: Readiness;
  readonly expose: () => Promise<Exposition>;
}

export interface HealthServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * Tells machines how this process is: `/healthz` (it answers), `/readyz` (all that it needs does) and
 * `/metrics` (numbers for Prometheus). Nothing in it is about persons or what they asked for.
 *
 * @throws {AppError} `BAD_SETTINGS` where the port can not be had.
 */
export async function openHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { host, port } = options;
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.destroy());
  });
  try {
    await once(server.listen(port, host), 'listening');
  } catch (cause) {
    throw new AppError(
      'BAD_SETTINGS',
      `Nothing can be served at HEALTH_HOST ${host}, HEALTH_PORT ${port}; choose another one.`,
      { cause },
    );
  }
  // It is no reason to go on for a process that has nothing else to do.
  server.unref();
  const address = server.address();
  const taken = typeof address === 'object' ? (address?.port ?? port) : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { readiness, expose }: HealthServerOptions,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, 'text/plain', 'Only GET.\n');
  const [path = ''] = url?.split('?') ?? [];
  switch (path) {
    case '/healthz':
      return end(response, 200, 'text/plain', 'ok\n');
    case '/readyz': {
      const { isReady, checks } = await readiness.report();
      const body = `${JSON.stringify({ ready: isReady, checks })}\n`;
      return end(response, isReady ? 200 : 503, 'application/json', body);
    }
    case '/metrics': {
      const { contentType, text } = await expose();
      return end(response, 200, contentType, text);
    }
    default:
      return end(response, 404, 'text/plain', 'There is /healthz, /readyz and /metrics.\n');
  }
}

function end(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(body);
}
