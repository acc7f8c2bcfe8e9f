import { AppError } from '../errors.ts';

/*
 * For the operator's log; people are told the code's sentence. Nothing that the server said is in
 * them: servers repeat parts of keys and of what they were sent.
 */

/** What was sent: servers take words more often than pictures. */
export type Matter = 'words' | 'picture';

export function unreachable(limitMs: number, cause: unknown): AppError {
  const limit = `${limitMs / 1_000} seconds`;
  return new AppError(
    'MODERATION_UNAVAILABLE',
    `The moderation server can't be reached, or did not answer within ${limit}.`,
    { retryable: true, cause },
  );
}

export function unreadable(): AppError {
  return new AppError(
    'MODERATION_UNAVAILABLE',
    'The moderation server answers in a form that is not that of OpenAI; correct MODERATION_URL.',
  );
}

/**
 * What an answer without a verdict means.
 * @param status HTTP status; not 200 to 299.
 */
export function answerFailure(status: number, matter: Matter, retryAfterMs?: number): AppError {
  if (status === 429 || status >= 500) {
    return new AppError(
      'MODERATION_UNAVAILABLE',
      status === 429
        ? 'The moderation server asked us to wait (429).'
        : `The moderation server is out of order (${status}).`,
      { retryable: true, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    );
  }
  return new AppError('MODERATION_UNAVAILABLE', refusal(status, matter));
}

function refusal(status: number, matter: Matter): string {
  switch (status) {
    case 401:
    case 403:
      return `The moderation server does not accept the key (${status}); correct MODERATION_API_KEY.`;
    case 404:
      return 'The moderation server has no such address or model (404); correct MODERATION_URL or MODERATION_MODEL.';
    case 400:
    case 415:
    case 422:
      return matter === 'picture'
        ? `The moderation server did not take a picture (${status}), and none is shown unchecked; if it is for text alone, set MODERATION_URL or MODERATION_MODEL to one that takes pictures.`
        : `The moderation server does not take the request (${status}); correct MODERATION_MODEL.`;
    default:
      return `The moderation server gave no verdict (${status}); correct MODERATION_URL.`;
  }
}
