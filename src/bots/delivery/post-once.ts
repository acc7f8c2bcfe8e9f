import type { Call } from '../../pipeline/types.ts';
import type { Lease, Post } from '../../store/records.ts';
import type { ChatAdapter, Destination, Painting } from '../types.ts';
import { writtenFingerprint, type Fingerprint } from '../fingerprint.ts';
import { hasCode, patiently } from './patience.ts';
import type { Tools } from './parts.ts';

/** The platform's clock may be behind ours by as much. */
const CLOCKS_DIFFER_MS = 300_000;

export interface PostRequest {
  readonly conversationId: string;
  readonly turnId?: string;
  readonly slot: string;
  readonly destination: Destination;
  readonly fingerprint: Fingerprint;
  /** Made only if it is needed. */
  readonly paint: () => Promise<Painting>;
  /** Awaited right before each call, as what is done before that takes its time. */
  readonly whenFree?: (call: 'find' | 'post') => Promise<void>;
  /** It may have been posted before, and nobody wrote it down. */
  readonly isUncertain: boolean;
  readonly lease?: Lease;
}

/**
 * Writes a message once and for all: the intent is written down first, then the message is posted
 * with the marker, then what came of it is written down. Where the message may be there already it
 * is looked for by its marker, and not posted again.
 * @return The post; without `painted` where it was found, so that nobody knows how it looks. Undefined
 *   where what it belongs to was forgotten.
 */
export async function postOnce(
  tools: Tools,
  adapter: ChatAdapter,
  request: PostRequest,
  call: Call,
): Promise<Post | undefined> {
  const { store } = tools;
  const { conversationId, turnId, slot, destination, lease, fingerprint } = request;
  const persist = <Value>(work: () => Promise<Value>) =>
    patiently(work, { ...tools, onFault: (error) => tools.onFault({ slot, error }) }, call);
  const { channel } = destination.place;
  const post = await persist(() =>
    store.claimPost(
      { conversationId, slot, channel, ...(turnId !== undefined && { turnId }) },
      lease,
    ),
  );
  if (!post || post.messageId !== undefined) return post;

  if (request.isUncertain) {
    await request.whenFree?.('find');
    const since = post.createdAt - CLOCKS_DIFFER_MS;
    const found = await adapter.findMessage(destination, post.marker, since, call);
    if (found) {
      return persist(() => store.recordPost({ conversationId, slot, ...found }, lease));
    }
  }
  const painting = await request.paint();
  await request.whenFree?.('post');
  const { messageId } = await adapter.postMessage(destination, painting, post.marker, call);
  const painted = writtenFingerprint(fingerprint);
  const recorded = await persist(() =>
    store.recordPost({ conversationId, slot, messageId, painted }, lease),
  );
  if (!recorded) await adapter.deleteMessage(destination, messageId, call);
  return recorded;
}

/** Whether a failure to post leaves no doubt that nothing was posted. */
export function isCertainlyUnposted(error: unknown): boolean {
  return hasCode(
    error,
    'RATE_LIMITED',
    'NOT_PERMITTED',
    'CHANNEL_GONE',
    'MESSAGE_REFUSED',
    'ATTACHMENT_TOO_LARGE',
  );
}
