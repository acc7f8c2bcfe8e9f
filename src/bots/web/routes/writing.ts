import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import { opinionOf } from '../../actions.ts';
import { badRequest } from '../failures.ts';
import { forgetThread, Id, incomingAction, Press, Saying } from '../said.ts';
import type { ServerTools } from '../server.ts';
import { takeSaying } from '../take-saying.ts';

const ThreadParameters = z.object({ thread: Id });

/** What people do: write, press buttons, take threads away. */
export function addWriting(server: FastifyInstance, tools: ServerTools): void {
  const { chat, bells, clock, receive } = tools;

  server.post('/api/messages', async ({ body }, reply) => {
    const { place, messageId } = await takeSaying(tools, read(Saying, body));
    return reply.code(201).send({ thread: place.thread, message: messageId });
  });

  server.post('/api/actions', async ({ body }, reply) => {
    const press = read(Press, body);
    const message = await chat.message(press.messageId);
    if (message?.author !== 'bot') {
      throw new AppError('MESSAGE_GONE', 'That message is gone; reload the page.');
    }
    await receive(incomingAction(press, message.threadId, clock.now()));
    const opinion = opinionOf(press.action.action);
    if (opinion) {
      await chat.judge(message.id, opinion);
      bells.ring();
    }
    return reply.code(204).send();
  });

  server.delete('/api/threads/:thread', async ({ params }, reply) => {
    const { thread } = read(ThreadParameters, params);
    // First the bot, who hears of it once: a thread that is still there can be removed again.
    await receive(forgetThread(thread, clock.now()));
    await chat.removeThread(thread);
    bells.ring();
    return reply.code(204).send();
  });
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error);
}
