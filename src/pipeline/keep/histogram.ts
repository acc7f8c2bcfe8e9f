/** Counts of values of 0 to 256, in quarters. */
export class Histogram {
  readonly #counts = new Uint32Array(1_024);
  #total = 0;

  add(value: number): void {
    const bin = Math.min(1_023, Math.floor(value * 4));
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    this.#total += 1;
  }

  median(): number {
    let seen = 0;
    for (const [bin, count] of this.#counts.entries()) {
      seen += count;
      if (2 * seen >= this.#total) return (bin + 0.5) / 4;
    }
    return 0;
  }
}
