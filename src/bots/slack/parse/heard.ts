import type {
  IncomingAction,
  IncomingCommand,
  IncomingMessage,
  IncomingReaction,
} from '../../types.ts';

/**
 * What came in, as far as the payload tells it: who the author is, past the id, Slack has to be
 * asked for.
 */
export type Heard =
  | Unsigned<IncomingMessage>
  | Unsigned<IncomingAction>
  | Unsigned<IncomingReaction>
  | Unsigned<IncomingCommand>;

export type HeardMessage = Unsigned<IncomingMessage>;

type Unsigned<Of> = Omit<Of, 'author'> & { readonly authorId: string };

/** The app in one workspace. */
export interface Self {
  readonly team: string;
  readonly botUserId: string;
}

/** What a payload does not tell. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The only workspace that the app is in, whatever workspace somebody comes from. */
  readonly only: string | undefined;
}

export const PLATFORM = 'slack';

/** A time as Slack writes it, seconds with six digits, in milliseconds since the epoch. */
export const timeOf = (ts: string): number => Math.round(Number(ts) * 1_000) || 0;

export const keyOf = (...parts: readonly string[]): string => [PLATFORM, ...parts].join(':');

export function placeOf(team: string, channel: string, thread?: string | null) {
  return {
    platform: PLATFORM,
    workspace: team,
    channel,
    ...(typeof thread === 'string' && { thread }),
  };
}
