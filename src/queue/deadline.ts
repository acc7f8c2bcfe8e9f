import type { Clock } from './clock.ts';

/**
 * Acts once a time has come, at once if it is past; what it returns calls that off. Without a time
 * it never acts.
 */
export function atTime(clock: Clock, time: number | undefined, action: () => void): () => void {
  if (time === undefined) return () => {};
  let cancel = () => {};
  const arm = () => {
    const leftMs = time - clock.now();
    if (leftMs <= 0) action();
    // It may wake early when the time is far off.
    else cancel = clock.after(leftMs, arm);
  };
  arm();
  return () => cancel();
}

export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
