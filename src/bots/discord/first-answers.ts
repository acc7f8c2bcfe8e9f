/** As long as this what can wait does wait, milliseconds. */
const PATIENCE_MS = 1_000;

/** First answers, which have three seconds, and what is to come after them: it takes no time from those that others wait for. */
export class FirstAnswers {
  #open = 0;
  #waiting: (() => void)[] = [];

  async give<Value>(answer: () => Promise<Value>): Promise<Value> {
    this.#open += 1;
    try {
      return await answer();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves when nobody waits for a first answer, or after a while. */
  async given(): Promise<void> {
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
