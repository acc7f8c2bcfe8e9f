import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { Allowance } from '../allowance.ts';
import { badRequest } from '../failures.ts';
import type { Session } from '../session.ts';

const Login = z.object({ token: z.string().max(1_000) });

/** Whether the chat is open to the page, and how it is opened. */
export function addSession(server: FastifyInstance, session: Session, tries: Allowance): void {
  server.get('/api/session', ({ headers }) => ({ isOpen: session.isOpenTo(headers.cookie) }));

  server.post('/api/session', (request, reply) => {
    tries.take();
    const login = Login.safeParse(request.body);
    if (!login.success) throw badRequest(login.error);
    const cookie = session.cookieFor(login.data.token);
    if (cookie === undefined) {
      return reply.code(401).send({ code: 'NOT_PERMITTED', message: 'That is not the token.' });
    }
    return reply.header('set-cookie', cookie).code(204).send();
  });
}
