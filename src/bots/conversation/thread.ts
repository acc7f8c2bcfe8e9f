import type { Call } from '../../pipeline/types.ts';
import type { Conversation } from '../../store/records.ts';
import { plainLine } from '../plain-text.ts';
import type { IncomingMessage } from '../types.ts';
import { destinationOf, type Occasion, type Tools } from './parts.ts';

/** The conversation that a message belongs to or begins, with a thread of its own where it takes one. */
export async function conversationFor(
  { store }: Tools,
  occasion: Occasion<IncomingMessage>,
  call: Call,
): Promise<Conversation> {
  const { adapter, incoming } = occasion;
  const { place, isDirect, messageId, text } = incoming;
  const isInThread = place.thread !== undefined || isDirect;
  if (isInThread || !adapter.openThread) return store.openConversation(place);
  const title = plainLine(text || occasion.sentences.threadTitle);
  const thread = await adapter.openThread(destinationOf(occasion), messageId, title, call);
  // Who writes there at once goes on with what this began.
  occasion.holdBack(thread);
  return store.openConversation(thread);
}
