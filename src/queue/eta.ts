/** How many of the latest durations count. */
const RECENT = 32;

/** How long turns took lately. */
export class Durations {
  readonly #recentMs: number[] = [];

  add(durationMs: number): void {
    this.#recentMs.push(durationMs);
    if (this.#recentMs.length > RECENT) this.#recentMs.shift();
  }

  /** Undefined before the first. */
  median(): number | undefined {
    const sorted = this.#recentMs.toSorted((one, other) => one - other);
    const upper = sorted[Math.floor(sorted.length / 2)];
    const lower = sorted[Math.floor((sorted.length - 1) / 2)];
    return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
  }
}

export interface Expected {
  /** In how many milliseconds each running turn will have ended, in the given order. */
  readonly running: readonly number[];
  /** The same for each waiting one. */
  readonly waiting: readonly number[];
}

/**
 * When turns will have ended if each takes as long as the median, and waiting ones start in order
 * as soon as one of `slots` is free.
 */
export function expectEnds(
  durationMs: number,
  slots: number,
  runningForMs: readonly number[],
  waitingCount: number,
): Expected {
  const running = runningForMs.map((elapsedMs) => Math.max(0, durationMs - elapsedMs));
  const idle = Array.from({ length: Math.max(0, slots - running.length) }, () => 0);
  const frees = [...running, ...idle].toSorted((one, other) => one - other);
  const waiting: number[] = [];
  // Each start is no earlier than the one before, so the ends come in order as well.
  for (let index = 0; index < waitingCount; index += 1) {
    const end = (frees[index] ?? waiting[index - frees.length] ?? 0) + durationMs;
    waiting.push(end);
  }
  return { running, waiting };
}
