import type { AppError } from '../errors.ts';

/**
 * How long a turn rests after a run that failed, milliseconds: twice as long each time, and no less
 * than the failure asks for. A deadline that comes before ends it.
 * @param retryDelayMs Rest after the first run.
 * @param attempts Runs so far, 1 or more.
 */
export function restAfter(
  { retryAfterMs = 0 }: Pick<AppError, 'retryAfterMs'>,
  retryDelayMs: number,
  attempts: number,
): number {
  return Math.max(retryAfterMs, retryDelayMs * 2 ** (attempts - 1));
}
