import type { ErrorCode } from '../../errors.ts';

/** What follows from a call to a platform that failed. */
export type Reaction =
  /** There is nowhere to paint any more. */
  | 'leave'
  /** Nothing may be written in the channel for a while. */
  | 'pause'
  /** The message is gone, and stays so. */
  | 'let-go'
  /** Its pictures must be smaller. */
  | 'shrink'
  /** The platform will never have the message as it is, or it can't be made. */
  | 'skip'
  /** The platform is not there; it will be. */
  | 'wait'
  /** It may pass, but not for sure. */
  | 'wait-or-give-up';

const REACTIONS: Readonly<Partial<Record<ErrorCode, Reaction>>> = {
  CHANNEL_GONE: 'leave',
  RATE_LIMITED: 'pause',
  MESSAGE_GONE: 'let-go',
  ATTACHMENT_TOO_LARGE: 'shrink',
  MESSAGE_REFUSED: 'skip',
  IMAGE_NOT_FOUND: 'skip',
  IMAGE_DAMAGED: 'skip',
  PLATFORM_UNAVAILABLE: 'wait',
  STORE_UNAVAILABLE: 'wait',
};

export function reactionTo(code: ErrorCode): Reaction {
  return REACTIONS[code] ?? 'wait-or-give-up';
}
