import type { Call } from '../pipeline/types.ts';
import type { Removed, ConversationStore, ImageStore } from './types.ts';

export interface Stores {
  readonly conversations: ConversationStore;
  readonly images: ImageStore;
}

/** Turns removed in one transaction, and pictures looked up in one. */
const BATCH = 100;
const DAY_MS = 86_400_000;

const SWEEP_DEFAULTS = {
  /**
   * How long a picture is kept that no turn uses: it may belong to a turn that is being written,
   * or to a round that is on its way from a worker.
   */
  orphanGraceMs: DAY_MS,
  /** How long it is remembered that a message was dealt with; platforms repeat theirs for a day. */
  passingMs: 7 * DAY_MS,
} as const satisfies Partial<SweepOptions>;

export interface SweepOptions {
  /** Turns that ended before this time go; undefined keeps them for good. */
  readonly before?: number | undefined;
  readonly orphanGraceMs?: number;
  readonly passingMs?: number;
  /** Milliseconds since the epoch. Default: this machine's clock. */
  readonly now?: number;
}

export interface Swept {
  readonly turns: number;
  readonly images: number;
}

/**
 * Removes the turns and pictures of a person, or of a conversation, for good; pictures only where no other
 * turn uses the same content. What is returned is left to do: turns to cancel and to enqueue, messages
 * to take down. A picture that could not be removed, as after a crash, goes with the next sweep.
 */
export async function forget(
  { conversations, images }: Stores,
  what: { readonly person: string } | { readonly conversationId: string },
  call: Call,
): Promise<Omit<Removed, 'imageIds'> & { readonly images: number }> {
  const { imageIds, ...removed } =
    'person' in what
      ? await conversations.removePerson(what.person)
      : await conversations.removeConversation(what.conversationId);
  const count = await removeUnused({ conversations, images }, imageIds, Infinity, call);
  return { ...removed, images: count };
}

/** Removes what is too old, and pictures that no turn uses. May run in several processes at once. */
export async function sweep(
  { conversations, images }: Stores,
  { before, now = Date.now(), ...options }: SweepOptions,
  call: Call,
): Promise<Swept> {
  const { orphanGraceMs, passingMs } = { ...SWEEP_DEFAULTS, ...options };
  const turns = before === undefined ? 0 : await removeOldTurns(conversations, before, call);
  await conversations.removeRecordsBefore({
    passing: now - passingMs,
    ...(before !== undefined && { lasting: before }),
  });
  return {
    turns,
    images: await removeOrphans({ conversations, images }, now - orphanGraceMs, call),
  };
}

async function removeOldTurns(
  conversations: ConversationStore,
  before: number,
  { signal }: Call,
): Promise<number> {
  for (let count = 0; ;) {
    signal.throwIfAborted();
    const { turns } = await conversations.removeTurnsBefore(before, BATCH);
    count += turns;
    if (turns < BATCH) return count;
  }
}

async function removeOrphans(stores: Stores, storedBefore: number, call: Call): Promise<number> {
  let count = 0;
  let batch: string[] = [];
  for await (const { id, storedAt } of stores.images.list(call)) {
    if (storedAt < storedBefore) batch.push(id);
    if (batch.length < BATCH) continue;
    count += await removeUnused(stores, batch, storedBefore, call);
    batch = [];
  }
  return count + (await removeUnused(stores, batch, storedBefore, call));
}

async function removeUnused(
  { conversations, images }: Stores,
  ids: readonly string[],
  storedBefore: number,
  call: Call,
): Promise<number> {
  const used = await conversations.usedImages(ids);
  let count = 0;
  for (const id of ids) {
    if (!used.has(id) && (await images.delete(id, storedBefore, call))) count += 1;
  }
  return count;
}
