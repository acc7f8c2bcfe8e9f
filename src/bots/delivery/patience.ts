import { isAppError, toAppError, type AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import type { DeliveryTiming } from './parts.ts';

/** Resolves when a time has passed; rejects with the reason of the signal as soon as it aborts. */
export function pause(clock: Clock, forMs: number, { signal }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(forMs, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** How long to wait after so many failures in a row, 1 or more. */
export function delayAfter(
  failures: number,
  { retryAfterMs = 0 }: Pick<AppError, 'retryAfterMs'>,
  { retryMs, maxRetryMs }: DeliveryTiming,
): number {
  return Math.max(retryAfterMs, Math.min(maxRetryMs, retryMs * 2 ** (failures - 1)));
}

/** What the work comes to; as long as it fails in a way that can pass it is done again. */
export async function patiently<Value>(
  work: () => Promise<Value>,
  {
    clock,
    timing,
    onFault,
  }: {
    readonly clock: Clock;
    readonly timing: DeliveryTiming;
    readonly onFault: (error: AppError) => void;
  },
  call: Call,
): Promise<Value> {
  for (let failures = 1; ; failures += 1) {
    call.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      call.signal.throwIfAborted();
      const appError = toAppError(error);
      if (!appError.retryable) throw appError;
      onFault(appError);
      await pause(clock, delayAfter(failures, appError, timing), call);
    }
  }
}

export function hasCode(error: unknown, ...codes: readonly AppError['code'][]): error is AppError {
  return isAppError(error) && codes.includes(error.code);
}
