/** The platform's clock: the machine's, ahead of it by as much as a test says. */
export class FakeClock {
  #aheadMs = 0;

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Lets time pass for the platform alone. */
  advance(byMs: number): void {
    this.#aheadMs += byMs;
  }
}
