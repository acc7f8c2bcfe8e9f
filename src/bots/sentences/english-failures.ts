import type { ErrorCode } from '../../errors.ts';

const TRY_AGAIN = 'Something went wrong on our side. Please try again.';
const LATER = 'The bot has a problem of its own. Please try again in a few minutes.';
const OPERATOR = 'The bot is not set up for this. Please tell whoever runs it.';

export const ENGLISH_FAILURES: Readonly<Record<ErrorCode, string>> = {
  BAD_USAGE: OPERATOR,
  BAD_SETTINGS: OPERATOR,
  EMPTY_REQUEST: 'Say what to change, in a sentence.',
  REQUEST_TOO_LONG: 'That request is too long. Please say it in fewer words.',
  NOT_UNDERSTOOD: 'I did not understand that. Please say it in other words.',
  NOT_SUPPORTED: 'I can’t do that. Please ask for something else.',
  IMAGE_NOT_FOUND: 'There is no picture to edit. Post one, or reply to one, with your request.',
  IMAGE_EMPTY: 'That file is empty. Please send the picture again.',
  IMAGE_FORMAT: 'I can’t read that kind of file. Please send a JPEG, PNG, WebP or HEIC picture.',
  IMAGE_DAMAGED: 'That picture is damaged. Please send it again.',
  IMAGE_TOO_LARGE: 'That file is too large. Please send a smaller one.',
  IMAGE_TOO_MANY_PIXELS: 'That picture has too many pixels. Please send a smaller one.',
  IMAGE_TOO_MANY_FRAMES: 'That animation is too long. Please send a single picture.',
  IMAGE_TOO_SLOW: 'That picture takes too long to read. Please send it in another format.',
  OUTPUT_NOT_WRITABLE: LATER,
  ENGINE_UNKNOWN: 'There is no engine of that name here. Please choose another.',
  ENGINE_START: LATER,
  ENGINE_CRASHED: 'The engine broke down over this picture. Please try again.',
  ENGINE_OUT_OF_MEMORY: 'That picture is too large for the engine. Please send a smaller one.',
  STORE_UNAVAILABLE: LATER,
  STORAGE_FULL: LATER,
  LEASE_LOST: TRY_AGAIN,
  RATE_LIMITED: 'There were too many messages at once. Please try again in a minute.',
  PLATFORM_UNAVAILABLE: 'The chat could not be reached. Please try again.',
  NOT_PERMITTED: 'I lack a permission here. Please ask an admin.',
  MESSAGE_GONE: 'That message is gone.',
  CHANNEL_GONE: 'That place is gone.',
  MESSAGE_REFUSED: 'The chat did not take my answer. Please try again.',
  ATTACHMENT_TOO_LARGE: 'The result is too large for this chat. Please ask for a smaller picture.',
  JOB_UNREADABLE: 'That request was written by another release. Please ask again.',
  TURN_LOST: TRY_AGAIN,
  UPDATES_GONE: TRY_AGAIN,
  STOPPED: 'It was stopped.',
  DEADLINE: 'Time ran out. Press Retry to run it again.',
  SHUTDOWN: 'The bot was restarted. Please try again.',
  INTERNAL: TRY_AGAIN,
};
