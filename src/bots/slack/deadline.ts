import type { Call } from '../../pipeline/types.ts';
import { SYSTEM_CLOCK } from '../../queue/clock.ts';
import { slackGone } from './errors.ts';

/**
 * Work that also ends after a time, with `PLATFORM_UNAVAILABLE`. In place of `AbortSignal.any`, of which something
 * stays with a signal for as long as that lives.
 */
export async function withDeadline<T>(
  limitMs: number,
  work: (call: Call) => Promise<T>,
  { signal }: Call,
): Promise<T> {
  const controller = new AbortController();
  const forward = () => controller.abort(signal.reason);
  if (signal.aborted) forward();
  else signal.addEventListener('abort', forward, { once: true });
  const cancel = SYSTEM_CLOCK.after(limitMs, () => controller.abort(slackGone()));
  try {
    return await work({ signal: controller.signal });
  } finally {
    cancel();
    signal.removeEventListener('abort', forward);
  }
}
