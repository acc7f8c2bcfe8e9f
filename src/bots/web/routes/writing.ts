import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import { threadGone } from '../adapter-errors.ts';
import { badRequest } from '../failures.ts';
import { contentOf, Id, incomingAction, incomingMessage, Press, Saying, titleOf } from '../said.ts';
import type { ServerTools } from '../server.ts';

const ThreadParameters = z.object({ thread: Id });

/** What people do: write, press buttons, take threads away. */
export function addWriting(server: FastifyInstance, tools: ServerTools): void {
  const { chat, bells, clock, receive } = tools;

  server.post('/api/messages', async ({ body }, reply) => {
    const saying = read(Saying, body);
    const { key, thread: threadId } = saying;
    const said = await chat.say({
      key,
      ...(threadId !== undefined && { threadId }),
      title: titleOf(saying),
      content: contentOf(saying),
    });
    if (!said) throw threadGone();
    bells.ring();
    if (!said.isHeard) {
      await receive(incomingMessage(said));
      await chat.heard(said.messageId);
    }
    return reply.code(201).send({ thread: said.threadId, message: said.messageId });
  });

  server.post('/api/actions', async ({ body }, reply) => {
    const press = read(Press, body);
    const message = await chat.message(press.messageId);
    if (message?.author !== 'bot') {
      throw new AppError('MESSAGE_GONE', 'That message is gone; reload the page.');
    }
    await receive(incomingAction(press, message.threadId, clock.now()));
    return reply.code(204).send();
  });

  server.delete('/api/threads/:thread', async ({ params }, reply) => {
    await chat.removeThread(read(ThreadParameters, params).thread);
    bells.ring();
    return reply.code(204).send();
  });
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error);
}
