import type { Clock } from '../../../src/queue/clock.ts';

interface Timer {
  readonly at: number;
  readonly action: () => void;
  handle: NodeJS.Timeout;
}

/** The time of this machine, which a test may put forward: what is then due acts at once, in order. */
export class ShiftedClock implements Clock {
  #shiftMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return Date.now() + this.#shiftMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const at = this.now() + Math.max(0, delayMs);
    const timer: Timer = { at, action, handle: setTimeout(() => this.#fire(timer), delayMs) };
    // Nobody stays awake for what may happen in five minutes.
    timer.handle.unref();
    this.#timers.add(timer);
    return () => this.#forget(timer);
  }

  advance(byMs: number): void {
    this.#shiftMs += byMs;
    const due = [...this.#timers].filter(({ at }) => at <= this.now());
    for (const timer of due.toSorted((one, other) => one.at - other.at)) this.#fire(timer);
    for (const timer of this.#timers) {
      clearTimeout(timer.handle);
      timer.handle = setTimeout(() => this.#fire(timer), timer.at - this.now());
      timer.handle.unref();
    }
  }

  clear(): void {
    for (const timer of this.#timers) this.#forget(timer);
  }

  #fire(timer: Timer): void {
    if (!this.#timers.has(timer)) return;
    this.#forget(timer);
    timer.action();
  }

  #forget(timer: Timer): void {
    clearTimeout(timer.handle);
    this.#timers.delete(timer);
  }
}
