/**
 * Everything that can go wrong, one code each. A code is stable: it is stored with a turn and
 * shown to users as one sentence, so it is renamed by a migration only.
 */
export const ERROR_CODES = [
  // what was asked
  'BAD_USAGE',
  'BAD_SETTINGS',
  'EMPTY_REQUEST',
  'REQUEST_TOO_LONG',
  'NOT_UNDERSTOOD',
  'NOT_SUPPORTED',
  'CONTENT_REFUSED',
  // the picture
  'IMAGE_NOT_FOUND',
  'IMAGE_EMPTY',
  'IMAGE_FORMAT',
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_MANY_PIXELS',
  'IMAGE_TOO_MANY_FRAMES',
  'IMAGE_TOO_SLOW',
  'MASK_UNUSABLE',
  // the machine
  'OUTPUT_NOT_WRITABLE',
  'ENGINE_UNKNOWN',
  'ENGINE_START',
  'ENGINE_CRASHED',
  'ENGINE_OUT_OF_MEMORY',
  'ENGINE_UNAVAILABLE',
  'CHECKPOINT_UNUSABLE',
  'PROVIDER_UNAVAILABLE',
  'MODERATION_UNAVAILABLE',
  // where things are kept
  'STORE_UNAVAILABLE',
  'STORAGE_FULL',
  'LEASE_LOST',
  // the queue
  'JOB_UNREADABLE',
  'TURN_LOST',
  'UPDATES_GONE',
  // the chat platform
  'RATE_LIMITED',
  'PLATFORM_UNAVAILABLE',
  'NOT_PERMITTED',
  'MESSAGE_GONE',
  'CHANNEL_GONE',
  'MESSAGE_REFUSED',
  'ATTACHMENT_TOO_LARGE',
  // why something was broken off
  'STOPPED',
  'DEADLINE',
  'SHUTDOWN',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface AppErrorOptions {
  /** True when the same call can succeed later with nothing changed. Default false. */
  retryable?: boolean;
  /** How long to wait before that call, where somebody said so: milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** An error with a typed code and a message of one sentence that says what to do. */
export class AppError extends Error {
  readonly isAppError = true;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  declare readonly retryAfterMs?: number;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'AppError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

/** A marker check: holds across copies of this module, where `instanceof` would not. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && 'isAppError' in error && error.isAppError === true;
}

/** Any thrown value as an AppError; what is not one already becomes `INTERNAL`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  return new AppError('INTERNAL', 'Something went wrong inside; please try again.', {
    cause: error,
  });
}
