import { toAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { forget } from '../../store/housekeeping.ts';
import type { Conversation } from '../../store/records.ts';
import type { Removed } from '../../store/types.ts';
import { contextOf, type Occasion, type Tools } from './parts.ts';
import { whisper } from './say.ts';

/** Removes all that is kept of a person, and what the threads show of it; then says so. */
export async function forgetPerson(tools: Tools, occasion: Occasion, call: Call): Promise<void> {
  const { store, images } = tools;
  const { person, sentences, incoming, adapter } = occasion;
  // The messages first: once their records are gone nobody would find them again after a crash.
  await takeDown(tools, occasion, await store.postsOfPerson(person), call);
  const removed = await forget({ conversations: store, images }, { person }, call);
  await goOn(tools, removed);
  await takeDown(tools, occasion, removed.posts, call);
  // Where the threads themselves go there is nowhere to say it, and no need.
  if (adapter.forgetPerson) return adapter.forgetPerson(incoming.author, call);
  // A conversation is opened only where there is no other way to say it: what is said there from then on is taken as its own.
  const { place } = incoming;
  const conversation = adapter.notify
    ? await store.findConversation(place)
    : await store.openConversation(place);
  await whisper(tools, occasion, conversation, sentences.replies.forgotten(removed.turns), call);
}

/** Removes a conversation whose thread is gone already. */
export async function forgetConversation(
  tools: Tools,
  { isRepeat, person }: Occasion,
  { id: conversationId }: Conversation,
  call: Call,
): Promise<void> {
  const { store, images } = tools;
  const removed = await forget({ conversations: store, images }, { conversationId }, call);
  await goOn(tools, removed);
  if (!isRepeat) await store.audit({ person, action: 'forget-conversation' });
}

/** What the queue has of it ends, and what had to wait for it begins. */
async function goOn(
  { queue, delivery }: Tools,
  { open, released }: Pick<Removed, 'open' | 'released'>,
): Promise<void> {
  for (const id of open) await queue.cancel(id, 'It was forgotten.');
  for (const { id } of released) delivery.take(id);
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
