import { AppError, isAppError } from '../errors.ts';

/** What to say of each way in which a place to keep things can fail. The code is for `switch`, the words for people. */
export type Failure = 'full' | 'busy' | 'gone' | 'refused' | 'newer' | 'damaged';

/** One of the failures as an error with its sentence. Those that pass by themselves are retryable. */
function storeError(failure: Failure, what: string, cause: unknown): AppError {
  const unavailable = (message: string, retryable = false) =>
    new AppError('STORE_UNAVAILABLE', message, { cause, retryable });
  switch (failure) {
    case 'full':
      return new AppError('STORAGE_FULL', `No space is left for the ${what}; make some.`, {
        cause,
      });
    case 'busy':
      return unavailable(`The ${what} is busy; please try again.`, true);
    case 'gone':
      return unavailable(`The ${what} can't be reached; please try again soon.`, true);
    case 'refused':
      return unavailable(`The ${what} can't be used; check its settings and rights.`);
    case 'newer':
      return unavailable(`The ${what} was written by a newer release; start that one.`);
    case 'damaged':
      return unavailable(`The ${what} is damaged; bring back a backup.`);
    default:
      return failure satisfies never;
  }
}

/** Does the work; what it throws becomes an AppError, by `failureOf` where that knows it. */
export async function translated<T>(
  what: string,
  failureOf: (error: unknown) => Failure | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error)) throw error;
    const failure = failureOf(error);
    if (failure) throw storeError(failure, what, error);
    throw new AppError('INTERNAL', 'Something went wrong inside; please try again.', {
      cause: error,
    });
  }
}

/** The `code` of an error of Node.js, of a driver or of a database. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
