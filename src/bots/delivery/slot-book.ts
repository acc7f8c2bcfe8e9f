import type { Post } from '../../store/records.ts';
import { readFingerprint } from '../fingerprint.ts';
import type { SlotState } from './next-step.ts';

/** What is written down of a message that is left alone for good. */
export const GONE = 'gone';

/** A message with what painting it needs to remember. */
export interface SlotRecord extends SlotState {
  /** It may have been posted without anybody knowing. */
  readonly isUncertain?: boolean;
  /** Failures in a row. */
  readonly failures?: number;
  /** What the platform took no more than. */
  readonly maxBytes?: number;
}

/** The messages of one turn as they are, as far as that is known. */
export class SlotBook {
  readonly #records = new Map<string, SlotRecord>();

  /** @param posts What earlier lives have written down. */
  constructor(posts: readonly Post[]) {
    for (const post of posts) this.#records.set(post.slot, recordOf(post));
  }

  get states(): ReadonlyMap<string, SlotState> {
    return this.#records;
  }

  of(slot: string): SlotRecord {
    return this.#records.get(slot) ?? {};
  }

  change(slot: string, news: SlotRecord): void {
    this.#records.set(slot, { ...this.of(slot), ...news });
  }

  /** A message was made as it should be. */
  succeeded(slot: string, post: Post, now: number): void {
    const { notBefore: _wait, failures: _count, ...record } = this.of(slot);
    this.#records.set(slot, { ...record, ...recordOf(post), paintedAt: now, isUncertain: false });
  }
}

function recordOf({ messageId, painted }: Post): SlotRecord {
  if (painted === GONE) return { isGone: true };
  const fingerprint = readFingerprint(painted);
  return {
    ...(messageId === undefined ? { isUncertain: true } : { messageId }),
    ...(fingerprint && { painted: fingerprint }),
  };
}
