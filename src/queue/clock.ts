/** Time as the queue sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Acts once, no earlier than in `delayMs` or in 24 days; what it returns calls that off. */
  after(delayMs: number, action: () => void): () => void;
}

/** A longer delay would overflow to none at all. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.min(Math.max(0, delayMs), MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
