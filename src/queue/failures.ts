import { AppError } from '../errors.ts';

export function jobUnreadable(how: 'malformed' | 'other-version', cause: unknown): AppError {
  const message =
    how === 'malformed'
      ? 'This request can not be read; please ask again.'
      : 'This request was written by another release; please ask again.';
  return new AppError('JOB_UNREADABLE', message, { cause });
}

/** What a writer gets whose run is not the turn's last one any more: it is to stop at once. */
export function turnLost(cause?: unknown): AppError {
  return new AppError('TURN_LOST', 'Another worker has taken over this request.', { cause });
}

export function updatesGone(): AppError {
  return new AppError('UPDATES_GONE', 'The queue does not know this request any more.');
}

export function imagesUnavailable(limitMs: number): AppError {
  return new AppError(
    'STORE_UNAVAILABLE',
    `The pictures could not be reached within ${limitMs / 1_000} seconds; please try again soon.`,
    { retryable: true },
  );
}

/** What people are told of refused content: what was refused, so that they know what to change. */
const REFUSALS = {
  request: 'I can’t help with that request; please ask for something else.',
  picture: 'I can’t work on that picture; please send another one.',
  result: 'I can’t show what came out; please ask for something else.',
} as const;

const contentRefused = (what: keyof typeof REFUSALS) =>
  new AppError('CONTENT_REFUSED', REFUSALS[what]);

export const requestRefused = (): AppError => contentRefused('request');

export const pictureRefused = (): AppError => contentRefused('picture');

export const resultRefused = (): AppError => contentRefused('result');

/** What a refusal has to say to people; nothing where an engine's is, whose words are for the log. */
export const sentenceOfRefusal = ({ message }: AppError): string =>
  Object.values(REFUSALS).find((sentence) => sentence === message) ?? '';

// The reasons to abort a run with, as `Call` of the pipeline wants them.

export function stopped(reason: string): AppError {
  return new AppError('STOPPED', reason);
}

export function shuttingDown(): AppError {
  return new AppError('SHUTDOWN', 'The queue is shutting down; the request goes on after that.', {
    retryable: true,
  });
}
