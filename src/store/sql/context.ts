import type { Database } from './database.ts';

/** What every part of the store works with. */
export interface StoreContext {
  readonly database: Database;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether audit entries keep the words of a request. */
  readonly auditText: boolean;
}

/** The UTC day of a time, `2026-11-24`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
