import { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { badRequest } from '../failures.ts';
import { readChat } from '../reading.ts';
import { Id } from '../said.ts';
import type { ServerTools } from '../server.ts';

const Query = z.object({ thread: Id.exactOptional() });
const Revision = z.coerce.number().int().nonnegative();

/** Server-sent events: all threads and one of them, from the last event that the reader has seen. */
export function addEvents(server: FastifyInstance, tools: ServerTools): void {
  server.get('/api/events', (request, reply) => {
    const query = Query.safeParse(request.query);
    if (!query.success) throw badRequest(query.error);
    const after = Revision.safeParse(request.headers['last-event-id'] ?? 0);
    const left = new AbortController();
    reply.raw.on('close', () => left.abort());
    const signal = AbortSignal.any([left.signal, tools.signal]);
    const events = readChat(tools, query.data.thread, after.data ?? 0, { signal });
    return reply
      .type('text/event-stream')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { highWaterMark: 1 }));
  });
}
