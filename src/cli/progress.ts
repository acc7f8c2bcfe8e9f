import { duration } from './text.ts';

const CELLS = 24;
/** An estimate is worth showing once this much was measured and at least as much is left. */
const TELLING_MS = 1_000;

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Since the first step began. */
  readonly elapsedMs: number;
}

export const percent = ({ step, steps }: Progress): number => Math.floor((step / steps) * 100);

/** A bar with its percentage, and with the time left where there is something to tell. */
export function progressLine(progress: Progress): string {
  const { step, steps, elapsedMs } = progress;
  const filled = Math.floor((step / steps) * CELLS);
  const bar = '█'.repeat(filled) + '░'.repeat(CELLS - filled);
  const leftMs = (elapsedMs / step) * (steps - step);
  const left = elapsedMs >= TELLING_MS && leftMs >= TELLING_MS ? `  ${duration(leftMs)} left` : '';
  return `${bar} ${String(percent(progress)).padStart(3)} %${left}`;
}
