import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';

/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 128;

/** Does work on rows `from` up to but without `to`, and lets others have their turn in between. */
export async function inChunks(
  height: number,
  work: (from: number, to: number) => void,
  call: Call,
): Promise<void> {
  for (let from = 0; from < height; from += ROWS_AT_ONCE) {
    work(from, Math.min(from + ROWS_AT_ONCE, height));
    await pause(call);
  }
}

/** Lets others have their turn; throws when the signal has aborted. */
export async function pause(call: Call): Promise<void> {
  await setImmediate();
  call.signal.throwIfAborted();
}
