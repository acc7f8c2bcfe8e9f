import { toAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { forget } from '../../store/housekeeping.ts';
import type { Removed } from '../../store/types.ts';
import { contextOf, type Occasion, type Tools } from './parts.ts';
import { whisper } from './say.ts';

/** Removes all that is kept of a person, and what the threads show of it; then says so. */
export async function forgetPerson(tools: Tools, occasion: Occasion, call: Call): Promise<void> {
  const { store, images, queue, delivery } = tools;
  const { person, sentences, incoming } = occasion;
  // The messages first: once their records are gone nobody would find them again after a crash.
  await takeDown(tools, occasion, await store.postsOfPerson(person), call);
  const removed = await forget({ conversations: store, images }, person, call);
  for (const id of removed.open) await queue.cancel(id, 'Its person was forgotten.');
  for (const { id } of removed.released) delivery.take(id);
  await takeDown(tools, occasion, removed.posts, call);
  const conversation = await store.openConversation(incoming.place);
  await whisper(tools, occasion, conversation, sentences.replies.forgotten(removed.turns), call);
}

/** Deletes messages of ours; one that can't be deleted must not keep the rest. */
async function takeDown(
  { adapters, onFault }: Tools,
  { incoming, key }: Occasion,
  posts: Removed['posts'],
  call: Call,
): Promise<void> {
  for (const { place, messageId } of posts) {
    const adapter = adapters.find(({ platform }) => platform === place.platform);
    if (!adapter || messageId === undefined) continue;
    try {
      await adapter.deleteMessage({ place, context: contextOf(incoming) }, messageId, call);
    } catch (thrown) {
      call.signal.throwIfAborted();
      onFault({ key, error: toAppError(thrown) });
    }
  }
}
