import type { IncomingMessage } from '../types.ts';
import { threadGone } from './adapter-errors.ts';
import { contentOf, incomingMessage, titleOf, type Saying } from './said.ts';
import type { ServerTools } from './server.ts';

/**
 * Keeps what a person wrote, and hands it to the bot: once, however often it is sent.
 * @throws {AppError} Where its thread is gone.
 */
export async function takeSaying(
  { chat, bells, receive }: Pick<ServerTools, 'chat' | 'bells' | 'receive'>,
  saying: Saying,
): Promise<IncomingMessage> {
  const { key, thread: threadId } = saying;
  const said = await chat.say({
    key,
    ...(threadId !== undefined && { threadId }),
    title: titleOf(saying),
    content: contentOf(saying),
  });
  if (!said) throw threadGone();
  bells.ring();
  const message = incomingMessage(said);
  if (!said.isHeard) {
    await receive(message);
    await chat.heard(said.messageId);
  }
  return message;
}
