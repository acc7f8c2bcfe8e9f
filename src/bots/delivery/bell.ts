import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';

/** Wakes the one who waits for it, also when it was rung just before. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  /** Resolves at a ring, or when a time has come; rejects with the reason of the signal. */
  async wait(clock: Clock, until: number | undefined, { signal }: Call): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        const cancel =
          until === undefined ? () => {} : clock.after(until - clock.now(), () => wake());
        const wake = () => {
          cancel();
          signal.removeEventListener('abort', wake);
          this.#wake = undefined;
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    this.#isRung = false;
    signal.throwIfAborted();
  }
}
