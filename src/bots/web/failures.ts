import { AppError, isAppError, toAppError, type ErrorCode } from '../../errors.ts';

/** What an answer says of a failure: one sentence and its code. */
export interface Refusal {
  readonly status: number;
  readonly body: { readonly code: ErrorCode; readonly message: string };
  readonly retryAfterMs?: number;
}

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_USAGE: 400,
  NOT_PERMITTED: 403,
  IMAGE_NOT_FOUND: 404,
  MESSAGE_GONE: 404,
  CHANNEL_GONE: 404,
  IMAGE_TOO_LARGE: 413,
  IMAGE_EMPTY: 400,
  NOT_SUPPORTED: 400,
  RATE_LIMITED: 429,
  STORE_UNAVAILABLE: 503,
  SHUTDOWN: 503,
  STORAGE_FULL: 507,
};

export function refusalOf(error: unknown): Refusal {
  const { code, message, retryAfterMs } = readable(error);
  return {
    status: STATUS[code] ?? 500,
    body: { code, message },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Faults of a request that fastify finds have a status of their own, and words for programmers. */
function readable(error: unknown): AppError {
  if (isAppError(error)) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status >= 500) return toAppError(error);
  return badRequest(error);
}

export function badRequest(cause?: unknown): AppError {
  return new AppError('BAD_USAGE', 'The chat can’t read that request; reload the page.', { cause });
}
