import type { Clock } from '../clock.ts';

/** Work that is done again and again. */
export interface Repetition {
  /** Resolves once it is neither done nor will be any more. */
  stop(): Promise<void>;
}

/** Does some work now, and each time so long after it was done. The work must not reject. */
export function repeatedly(
  clock: Clock,
  intervalMs: number,
  work: () => Promise<void>,
): Repetition {
  let isStopped = false;
  let cancelTimer = () => {};
  const once = async (): Promise<void> => {
    await work();
    if (isStopped) return;
    cancelTimer = clock.after(intervalMs, () => {
      current = once();
    });
  };
  let current = once();
  return {
    stop: () => {
      isStopped = true;
      cancelTimer();
      return current;
    },
  };
}
