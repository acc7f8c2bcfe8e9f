import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';

import type { Allowance } from '../allowance.ts';
import { badRequest } from '../failures.ts';
import type { ServerTools } from '../server.ts';
import { tooLarge } from '../upload-folder.ts';

const TYPE = 'application/octet-stream';

/**
 * Files, one a request and as they are. A page elsewhere can't send this type without asking first,
 * and nothing here has to be parsed.
 */
export function addUploads(
  server: FastifyInstance,
  { uploads, maxUploadBytes: maxBytes, signal }: ServerTools,
  allowance: Allowance,
): void {
  // The stream as it is: the limit of bodies in memory is not its own.
  server.addContentTypeParser(TYPE, (_request, payload, done) => done(null, payload));

  server.post('/api/uploads', { bodyLimit: maxBytes }, async (request, reply) => {
    allowance.take();
    const { 'content-type': type, 'content-length': length } = request.headers;
    if (type !== TYPE) throw badRequest();
    if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
    const left = new AbortController();
    reply.raw.on('close', () => left.abort());
    const call = { signal: AbortSignal.any([left.signal, signal]) };
    const kept = await uploads.keep(request.body as Readable, { maxBytes }, call);
    return reply.code(201).send(kept);
  });
}
