import { AppError, isAppError, toAppError } from '../../errors.ts';

export function threadGone(): AppError {
  return new AppError('CHANNEL_GONE', 'That thread is gone; begin another one.');
}

export function messageGone(): AppError {
  return new AppError('MESSAGE_GONE', 'That message is gone.');
}

/** Trouble with where the chat is kept, as the port tells of trouble with a platform. */
export function asPlatformError(error: unknown): AppError {
  if (!isAppError(error) || error.code !== 'STORE_UNAVAILABLE' || !error.retryable) {
    return toAppError(error);
  }
  return new AppError('PLATFORM_UNAVAILABLE', 'The chat can’t be reached; it is tried again.', {
    cause: error,
    retryable: true,
  });
}
