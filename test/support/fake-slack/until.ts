import { setTimeout as sleep } from 'node:timers/promises';

import type { Seen } from './seen.ts';
import { kindOf, transcriptOf } from './transcript.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 40;

/** What can be seen in some place now. */
export type Look = () => readonly Seen[];

/** The first value there is. */
export async function until<T>(
  read: () => T | undefined | false,
  otherwise: () => string,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`It did not come:\n${otherwise()}`);
    await sleep(POLL_MS);
  }
}

/** The latest message that reads so, once there is one. */
export const untilSaid = (look: Look, words: RegExp): Promise<Seen> =>
  until(
    () => look().findLast(({ text, message }) => message.isFromApp && words.test(text)),
    () => transcriptOf(look()),
  );

/** The answers, once there are exactly so many. */
export const untilAnswered = (look: Look, count = 1): Promise<readonly Seen[]> => {
  const finals = () => look().filter((seen) => kindOf(seen) === 'final');
  return until(
    () => finals().length === count && finals(),
    () => transcriptOf(look()),
  );
};

/** People press again where Slack says that the app did not answer: a lost connection takes their press with it. */
export async function untilHeard(act: () => Promise<unknown>): Promise<void> {
  const tries = 20;
  for (let count = 0; count < tries; count += 1) {
    const answer = await act().catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(500);
  }
  throw new Error('The app never answered.');
}
