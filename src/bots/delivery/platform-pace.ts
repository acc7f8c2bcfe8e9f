import type { Place } from '../../store/records.ts';

/** When what may be written, for all turns of a process. Times are milliseconds since the epoch. */
export class PlatformPace {
  readonly #nextPostAt = new Times();
  readonly #freeAt = new Times();
  readonly #nextEditAt = new Times();

  /** When a new message may be written in a channel. */
  postAt(place: Place): number {
    return Math.max(this.#nextPostAt.of(keyOf(place)), this.freeAt(place));
  }

  /** When anything may be written in a channel. */
  freeAt(place: Place): number {
    return this.#freeAt.of(keyOf(place));
  }

  /** When a message may be edited, by its slot. */
  editAt(slot: string): number {
    return this.#nextEditAt.of(slot);
  }

  /** A new message is being written. */
  posts(place: Place, now: number, intervalMs: number): void {
    this.#nextPostAt.set(keyOf(place), now + intervalMs, now);
  }

  /** A message was written or edited, or may have been. */
  edited(slot: string, now: number, intervalMs: number): void {
    this.#nextEditAt.set(slot, now + intervalMs, now);
  }

  /** The platform wants to be left alone. */
  pauseUntil(place: Place, until: number, now: number): void {
    this.#freeAt.set(keyOf(place), Math.max(until, this.freeAt(place)), now);
  }
}

const keyOf = ({ platform, workspace, channel }: Place): string =>
  JSON.stringify([platform, workspace, channel]);

/** Past ones are looked for only when there are as many. */
const MANY = 1_000;

/** A time per name; past ones are forgotten some day. */
class Times {
  readonly #times = new Map<string, number>();
  #cleanAt = MANY;

  of(name: string): number {
    return this.#times.get(name) ?? 0;
  }

  set(name: string, time: number, now: number): void {
    this.#times.set(name, time);
    if (this.#times.size < this.#cleanAt) return;
    for (const [other, past] of this.#times) if (past <= now) this.#times.delete(other);
    this.#cleanAt = Math.max(MANY, 2 * this.#times.size);
  }
}
