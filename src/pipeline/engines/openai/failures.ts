import { APIConnectionError, APIError } from 'openai';

import { AppError, isAppError } from '../../../errors.ts';
import { retryAfterMs } from '../../../http/retry-after.ts';

/*
 * For the operator's log; people are told the code's sentence. Nothing that a server said is in
 * them: servers repeat parts of keys and of what they were sent.
 */

/** Which half of the engine a server is, as its settings are called. */
export type Half = 'REASONER' | 'EDITOR';

const NAMES = { REASONER: 'reasoner', EDITOR: 'editor' } as const satisfies Record<Half, string>;

/** Codes by which servers say that they will not: OpenAI's, Azure's. */
const REFUSALS =
  /content_policy|content_filter|moderation_blocked|responsible_ai|image_generation_user_error/i;

export function contentRefused(half: Half): AppError {
  return new AppError(
    'CONTENT_REFUSED',
    `The ${NAMES[half]} refused this request by its content policy; ask for something else.`,
  );
}

/** What a body means that is not what was asked for. */
export function unreadable(half: Half, what: string): AppError {
  return new AppError(
    'ENGINE_UNAVAILABLE',
    `The ${NAMES[half]}'s server answered with ${what}; correct ${half}_URL or ${half}_MODEL.`,
  );
}

export function outOfTime(half: Half, limitMs: number): AppError {
  return new AppError(
    'ENGINE_UNAVAILABLE',
    `The ${NAMES[half]}'s server did not finish within ${limitMs / 1_000} seconds; raise ${half}_TIMEOUT_SECONDS if it is only slow.`,
    { retryable: true },
  );
}

/** Whatever a call of a server threw, as an error of ours. */
export function serverFailure(half: Half, thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  // What we forbade on the way comes wrapped in what `fetch` says of it.
  if (thrown instanceof Error && isAppError(thrown.cause)) return thrown.cause;
  if (!(thrown instanceof APIError)) return brokenOff(half, thrown);
  const { status, code, type } = thrown;
  if (REFUSALS.test(`${code} ${type}`)) return contentRefused(half);
  // An error in a stream has no status.
  if (thrown instanceof APIConnectionError || status === undefined) return brokenOff(half, thrown);
  const name = NAMES[half];
  const cause = [status, code, type].filter((fact) => fact !== undefined).join(' ');
  if (status === 429 || status >= 500 || status === 408 || status === 409) {
    const waitMs = retryAfterMs(thrown.headers?.get('retry-after') ?? null, Date.now());
    const isSpent = code === 'insufficient_quota';
    return new AppError(
      'ENGINE_UNAVAILABLE',
      isSpent
        ? `The account of the ${name}'s server has no credit left.`
        : `The ${name}'s server asked us to wait or is out of order (${status}).`,
      { retryable: !isSpent, cause, ...(waitMs !== undefined && { retryAfterMs: waitMs }) },
    );
  }
  return new AppError('BAD_SETTINGS', refusal(half, status), { cause });
}

function brokenOff(half: Half, cause: unknown): AppError {
  // Of the cause only its kind: its words may repeat what was sent.
  const kind = cause instanceof Error ? namesOf(cause).join(': ') : 'unknown';
  return new AppError(
    'ENGINE_UNAVAILABLE',
    `The ${NAMES[half]}'s server can't be reached, or broke off its answer; see that it runs at ${half}_URL.`,
    { retryable: true, cause: kind },
  );
}

function namesOf(error: Error): string[] {
  const { cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return cause instanceof Error ? [code, ...namesOf(cause)] : [code];
}

function refusal(half: Half, status: number): string {
  const name = NAMES[half];
  switch (status) {
    case 401:
    case 403:
      return `The ${name}'s server does not accept the key (${status}); correct ${half}_API_KEY.`;
    case 404:
      return `The ${name}'s server has no such address or model (404); correct ${half}_URL or ${half}_MODEL.`;
    case 413:
      return `The ${name}'s server takes no picture of that size (413).`;
    default:
      return `The ${name}'s server does not take the request (${status}); correct ${half}_MODEL, or see that it takes pictures.`;
  }
}
