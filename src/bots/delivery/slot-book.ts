import type { Post } from '../../store/records.ts';
import { readFingerprint, type Fingerprint } from '../fingerprint.ts';
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

/** What this process painted last, by slot, as far as it is sure that nothing came of later tries. */
export type SureOf = Map<string, Fingerprint>;

/** The messages of one turn as they are, as far as that is known. */
export class SlotBook {
  readonly #records = new Map<string, SlotRecord>();
  readonly #sureOf: SureOf;

  /**
   * @param posts What earlier lives have written down. The last thing they painted may be one more.
   * @param mayReturn Whether a message can be wanted again as it was before: then what is written
   *   down is no proof of how it looks.
   */
  constructor(posts: readonly Post[], mayReturn: (slot: string) => boolean, sureOf: SureOf) {
    this.#sureOf = sureOf;
    for (const post of posts) {
      const { painted: written, ...record } = recordOf(post);
      const painted = sureOf.get(post.slot) ?? (mayReturn(post.slot) ? undefined : written);
      this.#records.set(post.slot, { ...record, ...(painted && { painted }) });
    }
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

  /** A message was posted, found or painted. */
  succeeded(slot: string, post: Post): void {
    const { notBefore: _wait, failures: _count, ...record } = this.of(slot);
    const news = { ...record, ...recordOf(post), isUncertain: false };
    this.#records.set(slot, news);
    if (news.painted) this.#sureOf.set(slot, news.painted);
  }

  /** A message was painted, and that is not written down. */
  painted(slot: string, painted: Fingerprint): void {
    const { notBefore: _wait, failures: _count, ...record } = this.of(slot);
    this.#records.set(slot, { ...record, painted });
    this.#sureOf.set(slot, painted);
  }

  /** A painting may have had its effect. */
  unsure(slot: string, { withPictures }: { readonly withPictures: boolean }): void {
    this.#sureOf.delete(slot);
    const { painted, ...record } = this.of(slot);
    const known = painted && !withPictures ? { painted: unknownText(painted) } : {};
    this.#records.set(slot, { ...record, ...known });
  }

  /** Nobody will ask for these messages any more. */
  close(): void {
    for (const slot of this.#records.keys()) this.#sureOf.delete(slot);
  }
}

const unknownText = ({ pictures }: Fingerprint): Fingerprint => ({ message: '', pictures });

function recordOf({ messageId, painted }: Post): SlotRecord {
  if (painted === GONE) return { isGone: true };
  const fingerprint = readFingerprint(painted);
  return {
    ...(messageId === undefined ? { isUncertain: true } : { messageId }),
    ...(fingerprint && { painted: fingerprint }),
  };
}
