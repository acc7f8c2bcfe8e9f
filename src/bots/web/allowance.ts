import { AppError } from '../../errors.ts';
import type { Clock } from '../../queue/clock.ts';

/** So many at once, and then one each interval. */
export class Allowance {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #intervalMs: number;
  #left: number;
  #since: number;

  constructor(clock: Clock, burst: number, intervalMs: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#intervalMs = intervalMs;
    this.#left = burst;
    this.#since = clock.now();
  }

  /** Takes one. @throws {AppError} `RATE_LIMITED` where none is left. */
  take(): void {
    const now = this.#clock.now();
    const earned = Math.max(0, Math.floor((now - this.#since) / this.#intervalMs));
    this.#left = Math.min(this.#burst, this.#left + earned);
    this.#since += earned * this.#intervalMs;
    if (this.#left === 0) {
      const retryAfterMs = this.#since + this.#intervalMs - now;
      throw new AppError('RATE_LIMITED', 'That was too much at once; wait a moment.', {
        retryable: true,
        retryAfterMs,
      });
    }
    this.#left -= 1;
  }
}
