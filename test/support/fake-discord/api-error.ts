/** What the platform answers where it does not do as asked. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  /** Which part of the body is wrong, and why. */
  readonly errors?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    message: string,
    more: {
      readonly errors?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    if (more.errors) this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

const FAILURES = {
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20009: [403, 'Explicit content cannot be sent to the desired recipient(s)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later.'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40094: [400, 'This interaction has hit the maximum number of follow-up messages.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [403, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50083: [400, 'Thread is archived'],
  160002: [400, 'You cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
  160006: [400, 'Maximum number of active threads reached'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

export type FailureCode = keyof typeof FAILURES;

/** The failure that the platform gives this code. */
export function failure(code: FailureCode, headers: Readonly<Record<string, string>> = {}) {
  const [status, message] = FAILURES[code];
  return new ApiError(status, code, message, { headers });
}

/** A body that has something wrong at a path, such as `components.0.items`. */
export function invalidForm(path: string, code: string, message: string): ApiError {
  let errors: Record<string, unknown> = { _errors: [{ code, message }] };
  for (const key of path.split('.').filter(Boolean).toReversed()) errors = { [key]: errors };
  return new ApiError(400, 50_035, `Invalid Form Body\n${path}[${code}]: ${message}`, { errors });
}
