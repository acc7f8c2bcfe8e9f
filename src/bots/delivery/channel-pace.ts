import type { Place } from '../../store/records.ts';

/** When messages may be written in each channel, for all turns of a process. */
export class ChannelPace {
  readonly #nextPostAt = new Map<string, number>();
  readonly #pausedUntil = new Map<string, number>();

  /** When a new message may be written. */
  postAt(place: Place): number {
    const key = keyOf(place);
    return Math.max(this.#nextPostAt.get(key) ?? 0, this.#pausedUntil.get(key) ?? 0);
  }

  /** When anything may be written. */
  freeAt(place: Place): number {
    return this.#pausedUntil.get(keyOf(place)) ?? 0;
  }

  posted(place: Place, now: number, intervalMs: number): void {
    forgetPast(this.#nextPostAt, now);
    this.#nextPostAt.set(keyOf(place), now + intervalMs);
  }

  pauseUntil(place: Place, now: number, until: number): void {
    forgetPast(this.#pausedUntil, now);
    const key = keyOf(place);
    this.#pausedUntil.set(key, Math.max(until, this.#pausedUntil.get(key) ?? 0));
  }
}

const keyOf = ({ platform, workspace, channel }: Place): string =>
  JSON.stringify([platform, workspace, channel]);

/** Looked at only when many are kept. */
const MANY = 1_000;

function forgetPast(times: Map<string, number>, now: number): void {
  if (times.size < MANY) return;
  for (const [key, time] of times) if (time <= now) times.delete(key);
}
