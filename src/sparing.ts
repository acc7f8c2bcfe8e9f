import type { AppError } from './errors.ts';

/** How long the same failure is not told again. */
const QUIET_MS = 60_000;

/**
 * Tells each kind of failure once a minute at most, with how often it happened since: a lost connection
 * is tried again every second.
 */
export function sparing(
  tell: (error: AppError, repeats: number) => void,
  nowMs: () => number = Date.now,
): (error: AppError) => void {
  const told = new Map<string, { readonly at: number; repeats: number }>();
  return (error) => {
    const kind = `${error.code} ${error.message}`;
    const last = told.get(kind);
    if (last && nowMs() - last.at < QUIET_MS) {
      last.repeats += 1;
      return;
    }
    told.set(kind, { at: nowMs(), repeats: 0 });
    tell(error, last?.repeats ?? 0);
  };
}
