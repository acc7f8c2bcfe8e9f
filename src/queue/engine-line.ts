import type { LocalTurn } from './local-turn.ts';
import { Durations, expectEnds } from './eta.ts';
import { FairQueue } from './fair-queue.ts';
import type { Depth, Position } from './types.ts';

/** The turns of one engine: who waits, who runs, and how long they take. */
export class EngineLine {
  readonly waiting = new FairQueue<LocalTurn>();
  readonly #slots: number;
  readonly #startedAt = new Map<LocalTurn, number>();
  readonly #durations = new Durations();

  /** @param slots How many turns run at the same time. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  get isFull(): boolean {
    return this.#startedAt.size >= this.#slots;
  }

  get depth(): Depth {
    return { waiting: this.waiting.size, running: this.#startedAt.size };
  }

  start(turn: LocalTurn, now: number): void {
    this.#startedAt.set(turn, now);
  }

  /** @param measured Whether the turn came to its end in this run, so that its duration counts. */
  finish(turn: LocalTurn, now: number, measured: boolean): void {
    const startedAt = this.#startedAt.get(turn);
    this.#startedAt.delete(turn);
    if (measured && startedAt !== undefined) this.#durations.add(now - startedAt);
  }

  /** The position of each turn that waits or runs. */
  positions(now: number): Map<LocalTurn, Position> {
    const running = [...this.#startedAt.keys()];
    const waiting = this.waiting.inOrder();
    const durationMs = this.#durations.median();
    const ends =
      durationMs === undefined
        ? undefined
        : expectEnds(
            durationMs,
            this.#slots,
            [...this.#startedAt.values()].map((startedAt) => now - startedAt),
            waiting.length,
          );
    const withEta = (ahead: number, etaMs: number | undefined): Position =>
      etaMs === undefined ? { ahead } : { ahead, etaMs: Math.round(etaMs) };
    return new Map([
      ...running.map((turn, index) => [turn, withEta(0, ends?.running[index])] as const),
      ...waiting.map((turn, index) => [turn, withEta(index, ends?.waiting[index])] as const),
    ]);
  }
}
