import type { Kept } from '../pipeline/keep/types.ts';
import type { ErrorCode } from '../errors.ts';
import type { Reflection, StopReason, Thought } from '../pipeline/types.ts';
import type { Best } from './findings.ts';
import type { ImageReference } from './image-reference.ts';

/*
 * What is kept of conversations, as plain data. Times are milliseconds since the epoch. A person is
 * one string that names an account across platforms, such as `slack:T1:U2`; the store does not read it.
 */

/** Where a conversation takes place, in the platform's own ids. */
export interface Place {
  readonly platform: string;
  /** The workspace, where ids are unique only inside one. */
  readonly workspace?: string;
  readonly channel: string;
  readonly thread?: string;
}

/** Where the same people decide. */
export type Workspace = Required<Pick<Place, 'platform' | 'workspace'>>;

/** A picture in a conversation's tree: a round of a turn, or with round 0 what the turn began from. */
export interface Point {
  readonly turnId: string;
  readonly round: number;
}

/** A point with its picture. */
export type Shown = Point & { readonly image: ImageReference };

export interface Conversation {
  readonly id: string;
  readonly place: Place;
  /** The picture that the conversation shows now; none before the first. */
  readonly head?: Shown;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** `waiting` for its conversation's earlier turns, `queued` for a worker, `running`, or ended. */
export type TurnState = 'waiting' | 'queued' | 'running' | TurnEnd['state'];

/** How a turn ended. With a best round that round becomes the conversation's head. */
export type TurnEnd =
  | { readonly state: 'succeeded'; readonly best: Best; readonly stopReason: StopReason }
  | {
      readonly state: 'stopped' | 'expired';
      readonly best?: Best;
      readonly stopReason?: StopReason;
    }
  | { readonly state: 'asked' }
  | { readonly state: 'declined'; readonly code: ErrorCode }
  | { readonly state: 'failed'; readonly code: ErrorCode; readonly best?: Best };

/** One edit as it is kept: the picture by reference. */
export interface StoredRound {
  /** 1 for the first. */
  readonly round: number;
  readonly instruction: string;
  readonly image: ImageReference;
  readonly reflection?: Reflection;
  readonly kept?: Kept;
}

export interface Turn {
  readonly id: string;
  readonly conversationId: string;
  /** Place in the conversation, 1 for the first; waiting turns are released in this order. */
  readonly sequence: number;
  readonly person: string;
  /** The incoming message that asked, by the key under which the inbox knows it. */
  readonly messageKey: string;
  readonly prompt: string;
  readonly engine: string;
  readonly seed: number;
  readonly maxRounds: number;
  /** What the adapter needs to answer, such as ids and the locale. */
  readonly context: Readonly<Record<string, string>>;
  readonly state: TurnState;
  /** Why it was declined or failed. */
  readonly code?: ErrorCode;
  /** The turn whose question this one answers. */
  readonly answers?: string;
  /**
   * The picture to edit. Absent while it is yet to be found (the turn waits, and takes the head
   * when its time comes), and in a turn that came to a conversation without any picture.
   */
  readonly base?: { readonly image: ImageReference; readonly point?: Point };
  /** The picture at the root of the chain of bases. */
  readonly source?: ImageReference;
  readonly references: readonly ImageReference[];
  /** Where the picture may change. */
  readonly mask?: ImageReference;
  readonly thought?: Thought;
  /** In order. */
  readonly rounds: readonly StoredRound[];
  readonly best?: Best;
  readonly stopReason?: StopReason;
  readonly createdAt: number;
  readonly releasedAt?: number;
  readonly startedAt?: number;
  readonly deadlineAt?: number;
  readonly endedAt?: number;
  /** When its thread was seen equal to its last state. */
  readonly deliveredAt?: number;
}

export interface NewTurn {
  readonly conversationId: string;
  readonly person: string;
  readonly messageKey: string;
  readonly prompt: string;
  /** A picture that came with the request, an earlier one, the head at the time of release, or none. */
  readonly base:
    | { readonly kind: 'image'; readonly image: ImageReference }
    | { readonly kind: 'point'; readonly point: Point }
    | { readonly kind: 'head' | 'none' };
  /** What has to be asked back before anything can be done: the turn ends with this question. */
  readonly asks?: string;
  readonly references?: readonly ImageReference[];
  readonly mask?: ImageReference;
  readonly answers?: string;
  readonly engine: string;
  /** Any 32-bit integer. */
  readonly seed: number;
  readonly maxRounds: number;
  readonly context?: Readonly<Record<string, string>>;
  /** Refuse the turn where it would go past one of these; a person's are exact, the total nearly so. */
  readonly limits?: {
    readonly openPerPerson?: number;
    readonly dailyPerPerson?: number;
    /** Of a person in the workspace of the conversation. */
    readonly dailyInWorkspace?: number;
    readonly dailyTotal?: number;
  };
}

export type Limit = keyof NonNullable<NewTurn['limits']>;

/** A chat message as it came in, kept until it was dealt with. */
export interface InboxMessage {
  /** Unique per message, the same for every event that tells of it. */
  readonly key: string;
  readonly person?: string;
  /** All that is needed to deal with it after a restart: JSON text. */
  readonly payload: string;
  readonly receivedAt: number;
}

/** A message of ours, from the intent to post it on. */
export interface Post {
  readonly conversationId: string;
  /** What it is for, unique in its conversation, such as `turn:<id>:status`. */
  readonly slot: string;
  readonly turnId?: string;
  /** 20 characters (a-z, 0-9) sent along with the message, by which it can be found on the platform. */
  readonly marker: string;
  /** Where it is posted, in the platform's own id. */
  readonly channel: string;
  /** The platform's id of it; absent until the post is known to have succeeded. */
  readonly messageId?: string;
  /** What was last painted into it, in the painter's own notation. */
  readonly painted?: string;
  readonly createdAt: number;
}

/** The right to act for a name until a time. Whoever acquires it next makes this one void. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly token: string;
  readonly expiresAt: number;
}

export type Opinion = 'up' | 'down';

export interface Usage {
  readonly turns: number;
  readonly rounds: number;
}

/** Who did what when. The words are kept only where the operator wants them. */
export interface AuditEntry {
  readonly at: number;
  /** Empty where the person was forgotten. */
  readonly person: string;
  /** Such as `ask`, `undo`, `stop`, `forget`. */
  readonly action: string;
  readonly conversationId?: string;
  readonly turnId?: string;
  readonly text?: string;
}
