import fastify, { type FastifyInstance } from 'fastify';

import { AppError } from '../../errors.ts';
import type { Clock } from '../../queue/clock.ts';
import { Allowance } from './allowance.ts';
import type { Bells } from './bells.ts';
import { refusalOf } from './failures.ts';
import { isOwnRequest } from './guard.ts';
import { headersOf } from './headers.ts';
import { addImages } from './routes/images.ts';
import { addEvents } from './routes/events.ts';
import { addPage } from './routes/page.ts';
import { addSession } from './routes/session.ts';
import { addUploads } from './routes/uploads.ts';
import { addWriting } from './routes/writing.ts';
import type { WebParts } from './parts.ts';
import type { Receive } from '../types.ts';
import { Renditions } from './renditions.ts';
import { Session } from './session.ts';
import type { UploadFolder } from './upload-folder.ts';

/** What the routes work with. */
export interface ServerTools {
  readonly chat: WebParts['chat'];
  readonly images: WebParts['images'];
  readonly clock: Clock;
  readonly bells: Bells;
  readonly uploads: UploadFolder;
  readonly receive: Receive;
  readonly maxUploadBytes: number;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** Whatever is sent but files; far more than the longest message. */
const BODY_BYTES = 256_000;

/** The chat's HTTP server, not listening yet. */
export async function makeServer(
  tools: ServerTools,
  { settings, onFault }: Pick<WebParts, 'settings' | 'onFault'>,
): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
  });
  const session = new Session(settings.WEB_TOKEN);

  server.setErrorHandler((error, _request, reply) => {
    const { status, body, retryAfterMs } = refusalOf(error);
    if (status >= 500 && error instanceof Error) onFault?.(toFault(error));
    if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1_000));
    return reply.code(status).send(body);
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'BAD_USAGE', message: 'There is nothing here.' }),
  );

  server.addHook('onRequest', async ({ method, url, headers }, reply) => {
    reply.headers(headersOf(url));
    const site = url === '/' ? undefined : headers['sec-fetch-site'];
    const claims = { method, host: headers.host, origin: headers.origin, site };
    if (!isOwnRequest(claims, settings.WEB_HOST)) {
      throw new AppError('NOT_PERMITTED', 'Open the chat by its own address to use it.');
    }
  });

  await addPage(server);
  addSession(server, session, new Allowance(tools.clock, 10, 6_000));
  await server.register((inner, _options, done) => {
    inner.addHook('onRequest', async ({ headers }, reply) => {
      if (session.isOpenTo(headers.cookie)) return;
      await reply.code(401).send({ code: 'NOT_PERMITTED', message: 'Enter the token first.' });
    });
    addEvents(inner, tools);
    addWriting(inner, tools);
    addUploads(inner, tools, new Allowance(tools.clock, 40, 1_000));
    addImages(inner, tools, new Renditions(tools.images, tools));
    done();
  });
  return server;
}

function toFault(error: Error): AppError {
  return error instanceof AppError
    ? error
    : new AppError('INTERNAL', 'A request to the chat failed.', { cause: error });
}
