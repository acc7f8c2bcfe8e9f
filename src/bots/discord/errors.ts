import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';

import { AppError, isAppError } from '../../errors.ts';
import { lackSentence, type Permission } from './permissions.ts';

/** Where a call was made, to say what is wrong there. */
export interface CallFacts {
  /** The permissions that the bot lacks for it, as far as that is known. */
  readonly lacks: () => readonly Permission[];
}

/** How long a message is left alone that may not be edited for now. */
const OLD_MESSAGE_WAIT_MS = 60_000;

/** Any failure of a call to Discord as the port tells of it. */
export function asPlatformError(error: unknown, facts: CallFacts): AppError {
  if (isAppError(error)) return error;
  if (error instanceof RateLimitError) {
    return new AppError('RATE_LIMITED', 'Discord asked to wait; it is tried again.', {
      cause: error,
      retryable: true,
      retryAfterMs: Math.max(1, error.retryAfter, error.timeToReset, error.sublimitTimeout),
    });
  }
  if (error instanceof DiscordAPIError) {
    const make = BY_CODE.get(Number(error.code)) ?? BY_STATUS.get(error.status) ?? refused;
    return make(error, facts);
  }
  // 5xx, a line that broke, an answer that did not come.
  const status = error instanceof HTTPError ? ` (${error.status})` : '';
  return new AppError(
    'PLATFORM_UNAVAILABLE',
    `Discord can’t be reached${status}; it is tried again.`,
    {
      cause: error,
      retryable: true,
    },
  );
}

/** Not `RATE_LIMITED`: other messages there may be written all the same. */
const editedTooOften = (cause: Error): AppError =>
  new AppError('PLATFORM_UNAVAILABLE', 'That message can’t be edited for a while.', {
    cause,
    retryable: true,
    retryAfterMs: OLD_MESSAGE_WAIT_MS,
  });

type Maker = (cause: DiscordAPIError, facts: CallFacts) => AppError;

const placeGone: Maker = (cause) => new AppError('CHANNEL_GONE', 'That place is gone.', { cause });
const tooLarge: Maker = (cause) =>
  new AppError('ATTACHMENT_TOO_LARGE', 'The file is too large for this server.', { cause });
const forbidden: Maker = (cause, { lacks }) =>
  new AppError('NOT_PERMITTED', lackSentence(lacks()), { cause });
const notPermitted =
  (sentence: string): Maker =>
  (cause) =>
    new AppError('NOT_PERMITTED', sentence, { cause });

const BY_CODE: ReadonlyMap<number, Maker> = new Map<RESTJSONErrorCodes, Maker>([
  [RESTJSONErrorCodes.UnknownChannel, placeGone],
  [RESTJSONErrorCodes.UnknownGuild, placeGone],
  // The token of an interaction has run out.
  [RESTJSONErrorCodes.UnknownWebhook, placeGone],
  [RESTJSONErrorCodes.InvalidWebhookToken, placeGone],
  [RESTJSONErrorCodes.UnknownInteraction, placeGone],
  [
    RESTJSONErrorCodes.UnknownMessage,
    (cause) => new AppError('MESSAGE_GONE', 'That message is gone.', { cause }),
  ],
  [RESTJSONErrorCodes.RequestEntityTooLarge, tooLarge],
  [
    RESTJSONErrorCodes.MissingAccess,
    (cause, { lacks }) =>
      new AppError('NOT_PERMITTED', lackSentence(['ViewChannel', ...lacks()]), { cause }),
  ],
  [RESTJSONErrorCodes.MissingPermissions, forbidden],
  [
    RESTJSONErrorCodes.ThreadLocked,
    notPermitted('This thread is locked; a moderator can unlock it.'),
  ],
  [
    RESTJSONErrorCodes.MaximumActiveThreads,
    notPermitted('This server has as many active threads as it may; close some, please.'),
  ],
  [
    RESTJSONErrorCodes.CannotSendMessagesToThisUser,
    notPermitted('Your direct messages are closed to me.'),
  ],
  [RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, editedTooOften],
]);

const BY_STATUS: ReadonlyMap<number, Maker> = new Map([
  [
    401,
    (cause) =>
      new AppError(
        'BAD_SETTINGS',
        'Discord does not take the setting DISCORD_TOKEN; copy it anew from the developer portal.',
        { cause },
      ),
  ],
  [403, forbidden],
  [404, placeGone],
  [413, tooLarge],
]);

const refused: Maker = (cause) =>
  new AppError('MESSAGE_REFUSED', 'Discord did not take the message as it is.', { cause });

/** Whether Discord answered with this code. */
export function hasApiCode(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === code;
}
