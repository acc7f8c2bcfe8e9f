import type { EncodedImage } from '../image/types.ts';
import type { Call, Thought } from '../pipeline/types.ts';
import type { ImageReference } from './image-reference.ts';
import type {
  AuditEntry,
  Conversation,
  InboxMessage,
  Lease,
  Limit,
  NewTurn,
  Opinion,
  Place,
  Point,
  Post,
  Shown,
  StoredRound,
  Turn,
  TurnEnd,
  Usage,
  Workspace,
} from './records.ts';
import type { WorkspaceSettings, WorkspaceSettingsChange } from './workspace-settings.ts';

/**
 * Pictures by their content, shared by bots and workers. What `put` has answered for is on the disk
 * or in the bucket, whole. Every method rejects with an AppError: `STORE_UNAVAILABLE`,
 * `STORAGE_FULL`, or the reason of the signal; references and ids are checked against their schema first.
 */
export interface ImageStore extends AsyncDisposable {
  /** Keeps a picture; the same bytes are kept once, and count as just stored each time. */
  put(image: EncodedImage, call: Call): Promise<ImageReference>;
  /** @throws {AppError} `IMAGE_NOT_FOUND` when it is not kept, `IMAGE_DAMAGED` when its bytes changed. */
  get(reference: ImageReference, call: Call): Promise<EncodedImage>;
  has(id: string, call: Call): Promise<boolean>;
  /** Removes a picture unless it was stored at or after a time; whether it is gone now. */
  delete(id: string, storedBefore: number, call: Call): Promise<boolean>;
  /** All that is kept, in no order; what comes and goes meanwhile may be among it or not. */
  list(call: Call): AsyncIterable<StoredImage>;
}

export interface StoredImage {
  readonly id: string;
  /** Milliseconds since the epoch of the last `put`. */
  readonly storedAt: number;
}

/**
 * All that is known of conversations, in SQL. Each method is one transaction: it happens whole or
 * not at all. Every method can be called again with the same arguments after a failure, and then
 * does what is left to do. All may reject with `STORE_UNAVAILABLE` or `STORAGE_FULL`, and once it is
 * disposed of with `SHUTDOWN`. Waiting for the database has an end of its own (about half a minute),
 * so that no signal is taken.
 *
 * A turn or conversation that was forgotten meanwhile is answered with `undefined`, or `false` where
 * there is nothing else to tell: stop there.
 */
export interface ConversationStore
  extends
    Conversations,
    Inbox,
    Turns,
    Leases,
    Posts,
    Opinions,
    Usages,
    AuditLog,
    Workspaces,
    Removal,
    AsyncDisposable {}

export interface Conversations {
  /** The conversation at a place, made at the first call. */
  openConversation(place: Place): Promise<Conversation>;
  conversation(id: string): Promise<Conversation | undefined>;
  findConversation(place: Place): Promise<Conversation | undefined>;
  /** Where on a platform something went on at or after a time; the latest first. */
  recentPlaces(
    platform: string,
    since: number,
    limit: number,
  ): Promise<readonly { readonly place: Place; readonly updatedAt: number }[]>;
  /** Where the conversation of a turn takes place. */
  placeOf(turnId: string): Promise<Place | undefined>;
  /** For a thread that came into being after its conversation; false where another has that place. */
  placeConversation(id: string, place: Place): Promise<boolean>;
  /**
   * Moves the head: back, forth again, to the picture at the root, or to any picture of the
   * conversation. Nothing is ever removed by it. With a `messageKey` it happens once per message: a
   * repeat moves nothing, and tells what came of the first call. The message is not settled by it.
   */
  moveHead(
    conversationId: string,
    move: HeadMove,
    options?: { readonly messageKey?: string },
  ): Promise<HeadMoved | undefined>;
}

export type HeadMove =
  /** As many steps as there are, up to `times`; 1 when absent. */
  | { readonly kind: 'undo' | 'redo'; readonly times?: number }
  | { readonly kind: 'original' }
  | { readonly kind: 'to'; readonly point: Point };

export interface HeadMoved {
  /** False where there was nowhere to go, or the head was there already. */
  readonly moved: boolean;
  /** Where that left the head; absent where there was no picture, or it was forgotten since. */
  readonly head?: Shown;
  /** As it is now, which in a repeat may be past that. */
  readonly conversation: Conversation;
}

/** Makes incoming messages durable, and each of them count once. */
export interface Inbox {
  /** `new` when it must be dealt with: it came for the first time. */
  receive(message: Omit<InboxMessage, 'receivedAt'>): Promise<'new' | 'seen'>;
  /** Messages that nobody has dealt with, the oldest first. */
  undealt(limit: number): Promise<readonly InboxMessage[]>;
  /** A message whose payload is still there. */
  inboxMessage(messageKey: string): Promise<InboxMessage | undefined>;
  /** Marks a message as dealt with, and drops its payload. `addTurn` does it itself. */
  settle(messageKey: string, options?: SettleOptions): Promise<void>;
}

export interface SettleOptions {
  /** The message may be asked for later: it stays until `removeRecordsBefore` or `removePerson`. */
  readonly keepPayload?: boolean;
}

export interface PlacedTurn {
  readonly turn: Turn;
  /** Where its conversation takes place. */
  readonly place: Place;
}

export type AddedTurn =
  | { readonly kind: 'added'; readonly turn: Turn }
  /** The message was dealt with before; its turn, unless it became none or was forgotten. */
  | { readonly kind: 'duplicate'; readonly turn?: Turn }
  | { readonly kind: 'limited'; readonly limit: Limit };

/** What ending a turn changed. */
export interface EndedTurn {
  /** False where it had ended before; the first end stands. */
  readonly changed: boolean;
  readonly turn: Turn;
  /** The next turn of the conversation, `queued` now and to be enqueued. */
  readonly released?: Turn;
}

/** What came of a turn before its end. */
export interface Findings {
  readonly thought?: Thought;
  readonly rounds?: readonly StoredRound[];
}

export interface Turns {
  /**
   * Writes a turn: `queued` where its conversation is free, else `waiting`. It counts as usage and
   * is written to the audit log. A turn without `base` found no picture. One that `asks` is ended as it is
   * written: it waits for nothing, moves no head, and counts neither as usage nor towards limits.
   * @throws {AppError} `IMAGE_NOT_FOUND` when the base is a picture that the conversation does not have.
   */
  addTurn(turn: NewTurn): Promise<AddedTurn | undefined>;
  turn(id: string): Promise<Turn | undefined>;
  turnOfMessage(messageKey: string): Promise<Turn | undefined>;
  /** The last turns of a conversation, the oldest of them first. */
  turns(conversationId: string, limit: number): Promise<readonly Turn[]>;
  /** A person's last turns wherever they are, the newest first; without those whose question was answered. */
  turnsOfPerson(person: string, limit: number): Promise<readonly PlacedTurn[]>;
  /** The turns that lead from the source to a turn's picture, by their bases; the oldest first, it last. */
  lineage(turnId: string): Promise<readonly Turn[]>;
  /** All turns that have not ended, or those of one person or one conversation; the oldest first. */
  openTurns(filter?: {
    readonly person?: string;
    readonly conversationId?: string;
  }): Promise<readonly Turn[]>;
  /** Turns, ended or not, whose thread may differ from their state; the oldest first. */
  undelivered(limit: number): Promise<readonly Turn[]>;

  // What happens to a turn, in order. Each changes nothing once the turn has ended, and answers
  // whether the turn is still there.
  /** `queued` → `running`; the first deadline stands. */
  startTurn(id: string, options?: { readonly deadlineAt?: number }): Promise<boolean>;
  recordThought(id: string, thought: Thought): Promise<boolean>;
  /** Once per round; a reflection that came later is added. */
  recordRound(id: string, round: StoredRound): Promise<boolean>;
  /**
   * Ends a turn from any open state, moves the head to its best round, and releases the next turn
   * of the conversation, whose picture is found only now.
   * @param findings What may not have been recorded yet.
   */
  endTurn(id: string, end: TurnEnd, findings?: Findings): Promise<EndedTurn | undefined>;
  markDelivered(id: string, lease?: Lease): Promise<void>;
}

/** Ownership with an end, by the database's clock. */
export interface Leases {
  /** The lease, or undefined while another owner has it. The same owner gets it anew. */
  acquireLease(name: string, owner: string, forMs: number): Promise<Lease | undefined>;
  /** The longer lease, or undefined when it was lost. */
  renewLease(lease: Lease, forMs: number): Promise<Lease | undefined>;
  releaseLease(lease: Lease): Promise<void>;
}

/**
 * What was posted to the platforms. With a lease, writes fail once somebody else has it.
 * @throws {AppError} `LEASE_LOST`
 */
export interface Posts {
  /** Writes down the intent to post before posting; the same post each time for the same slot. */
  claimPost(
    post: Pick<Post, 'conversationId' | 'slot' | 'turnId' | 'channel'>,
    lease?: Lease,
  ): Promise<Post | undefined>;
  /** Writes down what came of it. */
  recordPost(
    post: Pick<Post, 'conversationId' | 'slot' | 'messageId' | 'painted'>,
    lease?: Lease,
  ): Promise<Post | undefined>;
  /** The posts of a turn, in the order of their intents. */
  posts(turnId: string): Promise<readonly Post[]>;
  /** Our post that is a message of the platform, such as one that was replied to. */
  findPost(
    place: Pick<Place, 'platform' | 'workspace' | 'channel'>,
    messageId: string,
  ): Promise<Post | undefined>;
}

export interface Opinions {
  /** One opinion per turn and person, the last one counts; undefined takes it back. */
  setOpinion(turnId: string, person: string, opinion: Opinion | undefined): Promise<void>;
  opinions(turnId: string): Promise<Readonly<Record<Opinion, number>>>;
}

export interface Usages {
  /** What a person used on a day; without a person, all persons. `day` is UTC, `2026-11-24`. */
  usage(day: string, person?: string): Promise<Usage>;
}

export interface AuditLog {
  audit(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** The last entries, the newest first. */
  auditEntries(options: {
    readonly limit: number;
    readonly person?: string;
    /** Only entries before this time. */
    readonly before?: number;
  }): Promise<readonly AuditEntry[]>;
}

/** What holds in a workspace. */
export interface Workspaces {
  workspaceSettings(workspace: Workspace): Promise<WorkspaceSettings>;
  /** Changes them and writes that down as the person's, unless it changes nothing; what holds then. */
  changeWorkspaceSettings(
    workspace: Workspace,
    change: WorkspaceSettingsChange,
    person: string,
  ): Promise<WorkspaceSettings>;
}

/** What a removal took out of SQL. Its pictures are the caller's to delete. */
export interface Removed {
  readonly turns: number;
  /** Turns that had not ended: to be cancelled in the queue. */
  readonly open: readonly string[];
  /** Turns that became `queued` by it: to be enqueued. */
  readonly released: readonly Turn[];
  /** Our messages in the threads that told of the removed turns. */
  readonly posts: readonly (Post & { readonly place: Place })[];
  /** Pictures of the removed turns; some may still be used by others. */
  readonly imageIds: readonly string[];
}

/** The SQL half of `forget` and `sweep`; see `housekeeping.ts`. */
export interface Removal {
  /**
   * A person's turns, messages, opinions and audit entries, and the usage of past days: today's
   * stays until the day is over, or forgetting would be a way around the limits.
   */
  removePerson(person: string): Promise<Removed>;
  /** A conversation with all its turns, whoever asked for them; nothing where it is gone. */
  removeConversation(id: string): Promise<Removed>;
  /** Turns that ended before a time, with all that belongs to them, at most `limit` of them. */
  removeTurnsBefore(before: number, limit: number): Promise<Removed>;
  /**
   * What is needed for a while only: messages dealt with, usage, leases that ran out, and
   * conversations without turns before `passing`, audit entries before `lasting`.
   */
  removeRecordsBefore(times: {
    readonly passing: number;
    readonly lasting?: number;
  }): Promise<void>;
  /** Our messages in the threads that tell of a person's turns. */
  postsOfPerson(person: string): Promise<Removed['posts']>;
  /** Those of the given pictures that a turn uses. */
  usedImages(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
