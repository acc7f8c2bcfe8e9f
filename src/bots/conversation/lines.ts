/** Works that are done one after the other where they share a key, and side by side where not. */
export class Lines {
  /** What waits or is done, by key; the first of each is being done. */
  readonly #lines = new Map<string, (() => Promise<void>)[]>();
  readonly #running = new Set<Promise<void>>();

  /** Does the work after all that came before it with the same key. The work never rejects. */
  push(key: string, work: () => Promise<void>): void {
    const line = this.#lines.get(key);
    if (line) {
      line.push(work);
      return;
    }
    this.#lines.set(key, [work]);
    const running = this.#run(key).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #run(key: string): Promise<void> {
    const line = this.#lines.get(key) ?? [];
    for (let work = line[0]; work; line.shift(), work = line[0]) await work();
    this.#lines.delete(key);
  }
}
