import type { AppError } from '../../errors.ts';
import type { Intake } from '../../image/intake.ts';
import type { Clock } from '../../queue/clock.ts';
import type { EditQueue } from '../../queue/types.ts';
import type { Conversation, NewTurn, Place, Turn } from '../../store/records.ts';
import type { ConversationStore, ImageStore } from '../../store/types.ts';
import type { Delivery } from '../delivery.ts';
import type { Sentences } from '../sentences.ts';
import type { Author, ChatAdapter, Destination, Incoming } from '../types.ts';
import type { WorkspaceSettings } from '../workspace-settings.ts';

/** What conversations work with; all of it stays the caller's. */
export interface ConversationParts {
  readonly store: ConversationStore;
  readonly images: ImageStore;
  /** The one way in for pictures of strangers. */
  readonly intake: Pick<Intake, 'take'>;
  readonly queue: Pick<EditQueue, 'cancel'>;
  readonly delivery: Pick<Delivery, 'take' | 'note'>;
  readonly adapters: readonly ChatAdapter[];
  readonly engines: EngineDirectory;
  readonly limits: ConversationLimits;
  /** Persons who may stop what others asked for, beside those who run the place. */
  readonly admins: ReadonlySet<string>;
  /** Who has one of these waits less in the queue. */
  readonly priorityRoles: ReadonlySet<string>;
  readonly clock?: Clock;
  /** Hears of each failure, for the log. */
  readonly onFault?: (fault: ConversationFault) => void;
}

export interface EngineDirectory {
  readonly defaultName: string;
  /** Undefined where there is no engine of that name. */
  find(name: string): EngineFacts | undefined;
}

export interface EngineFacts {
  /** Another seed gives another picture. */
  readonly seeded: boolean;
  /** Pictures that a request may bring, references included. */
  readonly maxImages: number;
}

export interface ConversationLimits {
  /** How many edits a request may take; fewer can be asked for. */
  readonly maxRounds: number;
  /** Of one file. */
  readonly maxBytes: number;
  readonly maxPromptCharacters: number;
  readonly turns: NonNullable<NewTurn['limits']>;
}

export interface ConversationFault {
  /** Of what came in; absent where nothing did. */
  readonly key?: string;
  readonly error: AppError;
}

export type Tools = Required<ConversationParts>;

/** Something that came in, with what it takes to answer it. */
export interface Occasion<Of extends Incoming = Incoming> {
  readonly incoming: Of;
  /** By which the inbox knows it; that of an edited message is not that of the message. */
  readonly key: string;
  /** Who wrote it, as one name across platforms. */
  readonly person: string;
  /** They may stop what others asked for. */
  readonly isAdmin: boolean;
  readonly adapter: ChatAdapter;
  readonly sentences: Sentences;
  /** What holds in its workspace. */
  readonly settings: WorkspaceSettings;
  /** From here on what happens in that place waits until this has been dealt with. */
  readonly holdBack: (place: Place) => void;
  /** It may have been dealt with in part before, as after a restart. */
  readonly isRepeat: boolean;
}

/** Something that came in where a conversation is. */
export type Talk<Of extends Incoming = Incoming> = Occasion<Of> & {
  readonly conversation: Conversation;
};

/** A person across platforms, such as `chat:T1:U2`; without a workspace where accounts span them all. */
export function personOf(
  { platform, workspace }: Incoming['place'],
  { id }: Pick<Author, 'id'>,
  { accounts }: Pick<ChatAdapter, 'accounts'>,
): string {
  const isOfWorkspace = accounts === 'of-workspace' && workspace !== undefined;
  return [platform, ...(isOfWorkspace ? [workspace] : []), id].join(':');
}

/** That a turn's pictures are hidden until clicked on, as what is kept of it says. */
export function spoilerOf({ context }: Pick<Turn, 'context'>): Record<string, string> {
  return context['spoiler'] === 'true' ? { spoiler: 'true' } : {};
}

/** Where an answer goes. */
export function destinationOf({ incoming }: Occasion, conversation?: Conversation): Destination {
  return { place: conversation?.place ?? incoming.place, context: contextOf(incoming) };
}

/** What is kept of somebody who waits less than others. */
export function priorityOf({ priorityRoles }: Tools, { author }: Incoming): Record<string, string> {
  return author.roles.some((role) => priorityRoles.has(role)) ? { priority: 'true' } : {};
}

/** What is kept to answer with: the adapter's own, the language of who asked, and that nobody else is there. */
export function contextOf(incoming: Incoming): Record<string, string> {
  const { context, author } = incoming;
  const isDirect = incoming.type === 'message' && incoming.isDirect;
  return {
    ...context,
    ...(author.locale !== undefined && { locale: author.locale }),
    ...(isDirect && { direct: 'true' }),
  };
}
