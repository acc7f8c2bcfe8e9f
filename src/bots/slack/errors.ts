import { AppError, ERROR_CODES, isAppError, type ErrorCode } from '../../errors.ts';

/** How Slack says no, by what it means for the bot. */
const MEANINGS: Readonly<Partial<Record<ErrorCode, readonly string[]>>> = {
  CHANNEL_GONE: [
    'channel_not_found',
    'is_archived',
    'thread_not_found',
    'channel_type_not_supported',
  ],
  MESSAGE_GONE: [
    'message_not_found',
    'cant_update_message',
    'cant_delete_message',
    'edit_window_closed',
  ],
  MESSAGE_REFUSED: [
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_attachments',
    'msg_too_long',
    'msg_blocks_too_long',
    'no_text',
    'markdown_text_conflict',
    'metadata_too_large',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'duplicate_message_not_allowed',
    'slack_connect_file_upload_sharing_blocked',
  ],
  IMAGE_NOT_FOUND: ['file_not_found', 'file_deleted', 'files_not_found', 'access_denied'],
  ATTACHMENT_TOO_LARGE: ['file_upload_size_restricted', 'file_too_large', 'length_too_large'],
  RATE_LIMITED: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  PLATFORM_UNAVAILABLE: [
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'org_login_required',
  ],
};

/** What the bot lacks, in words that say what to do. */
const LACKS: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in this channel; invite me with /invite, and ask again.',
  restricted_action: 'The rules of this workspace don’t let me write here; ask an admin.',
  restricted_action_read_only_channel: 'Only some people may write in this channel; ask an admin.',
  restricted_action_thread_only_channel: 'In this channel I may answer in threads alone.',
  restricted_action_non_threadable_channel: 'In this channel there are no threads.',
  file_uploads_disabled: 'This workspace takes no files; ask an admin.',
  storage_limit_reached: 'This workspace has no room for more files; ask an admin.',
  user_not_in_channel: 'Only who is in a channel can be told something there.',
  not_allowed_token_type:
    'Slack wants another kind of token; set SLACK_BOT_TOKEN to the bot’s own.',
};

/** The app is not installed any more, or its token is none. */
const TOKEN_GONE = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'not_authed',
  'app_uninstalled',
]);

const DEFAULT_PAUSE_MS = 5_000;

/** Whatever a call to Slack threw, as the port tells of it. */
export function toSlackError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const { code, original, retryAfter, data } = fieldsOf(thrown);
  if (isAppError(original)) return original;
  if (code === 'slack_webapi_rate_limited_error') {
    return rateLimited(retryAfter === undefined ? DEFAULT_PAUSE_MS : 1_000 * retryAfter, thrown);
  }
  if (code === 'slack_webapi_platform_error') return refusal(data ?? {}, thrown);
  if (code === 'slack_webapi_request_error' || code === 'slack_webapi_http_error') {
    return slackGone(thrown);
  }
  return new AppError('INTERNAL', 'Something went wrong inside; please try again.', {
    cause: thrown,
  });
}

/** The word by which Slack refused, such as `not_in_channel`. */
export function refusalWord(error: unknown): string | undefined {
  const { cause } = error instanceof Error ? error : {};
  return fieldsOf(cause).data?.error ?? fieldsOf(error).data?.error;
}

/** What it said beside that word, such as which block is wrong. */
export function refusalDetails(error: unknown): readonly string[] {
  const { cause } = error instanceof Error ? error : {};
  const { errors = [], response_metadata: metadata } = fieldsOf(cause).data ?? {};
  return [...errors, ...(metadata?.messages ?? [])];
}

export function rateLimited(retryAfterMs: number, cause?: unknown): AppError {
  return new AppError('RATE_LIMITED', 'Slack asks for a pause; it goes on after that.', {
    retryable: true,
    retryAfterMs,
    cause,
  });
}

export function slackGone(cause?: unknown): AppError {
  return new AppError('PLATFORM_UNAVAILABLE', 'Slack could not be reached; it is tried again.', {
    retryable: true,
    cause,
  });
}

/** @param scope Such as `files:read`. */
export function lacksScope(scope: string, cause?: unknown): AppError {
  return new AppError(
    'NOT_PERMITTED',
    `I lack the permission “${scope}” in this workspace; an admin can reinstall me with ${scope}.`,
    { cause },
  );
}

const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  CHANNEL_GONE: 'That channel is gone, archived, or closed to me.',
  MESSAGE_GONE: 'That message is gone.',
  MESSAGE_REFUSED: 'Slack did not take the message as it is.',
  IMAGE_NOT_FOUND: 'That file is gone from Slack; post it again.',
  ATTACHMENT_TOO_LARGE: 'Slack does not take a file of this size.',
};

function refusal(
  { error = '', needed, response_metadata: metadata }: Refusal,
  cause: unknown,
): AppError {
  if (error === 'missing_scope' || error === 'no_permission') {
    return lacksScope(needed ?? 'unknown', cause);
  }
  if (TOKEN_GONE.has(error)) {
    return new AppError(
      'NOT_PERMITTED',
      'I was removed from this workspace, or my token was taken back; an admin can install me again.',
      { cause },
    );
  }
  const lack = LACKS[error];
  if (lack !== undefined) return new AppError('NOT_PERMITTED', lack, { cause });
  const code = ERROR_CODES.find((one) => MEANINGS[one]?.includes(error));
  if (code === undefined) {
    return new AppError('INTERNAL', `Slack refused a call${nameOf(error)}.`, { cause });
  }
  if (code === 'RATE_LIMITED') {
    const { retryAfter } = metadata ?? {};
    return rateLimited(retryAfter === undefined ? DEFAULT_PAUSE_MS : 1_000 * retryAfter, cause);
  }
  if (code === 'PLATFORM_UNAVAILABLE') return slackGone(cause);
  return new AppError(code, SENTENCES[code] ?? '', { cause });
}

/** Slack's own words for it, where they are such a word and no page of HTML. */
const nameOf = (error: string): string => (/^[a-z_]{1,60}$/.test(error) ? `: ${error}` : '');

interface Refusal {
  readonly error?: string;
  readonly needed?: string;
  readonly errors?: readonly string[];
  readonly response_metadata?: {
    readonly retryAfter?: number;
    readonly messages?: readonly string[];
  };
}

interface ErrorFields {
  readonly code?: string;
  readonly original?: unknown;
  readonly retryAfter?: number;
  readonly data?: Refusal;
}

const fieldsOf = (thrown: unknown): ErrorFields =>
  thrown instanceof Error ? (thrown as ErrorFields) : {};
