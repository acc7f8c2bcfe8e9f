import type { APIMessageTopLevelComponent, ChannelType, MessageType } from 'discord.js';

/* What the platform keeps. Plain records; `world.ts` holds them, `payloads/` shows them to the bot. */

export interface FakeUser {
  readonly id: string;
  readonly username: string;
  readonly isBot: boolean;
  locale: string;
  /** Has the bot among their own apps, so that it can be used everywhere. */
  hasInstalledBot: boolean;
  /** Takes no direct messages. */
  isClosed: boolean;
}

export interface FakeRole {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface FakeMember {
  readonly user: FakeUser;
  readonly roleIds: string[];
  readonly joinedAt: number;
}

export interface FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly hasBot: boolean;
  readonly locale: string;
  /** The first is everyone's. */
  readonly roles: FakeRole[];
  readonly members: Map<string, FakeMember>;
}

export interface Overwrite {
  readonly id: string;
  readonly type: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface FakeChannel {
  readonly id: string;
  readonly type: ChannelType;
  name: string;
  readonly guildId?: string;
  readonly parentId?: string;
  readonly ownerId?: string;
  readonly overwrites: Map<string, Overwrite>;
  /** Of direct and group messages. */
  readonly recipients: readonly FakeUser[];
  nsfw: boolean;
  /** Seconds between two messages of one person. */
  readonly thread?: ThreadState;
  isDeleted: boolean;
}

export interface ThreadState {
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archivedAt: number;
  readonly createdAt: number;
}

export interface FakeFile {
  readonly id: string;
  readonly channelId: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly width?: number;
  readonly height?: number;
  description?: string;
  readonly isEphemeral: boolean;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: FakeUser;
  readonly type: MessageType;
  content: string;
  files: FakeFile[];
  components: APIMessageTopLevelComponent[];
  flags: number;
  readonly nonce?: string | number;
  readonly repliedTo?: string;
  /** A copy of the message that was forwarded. */
  readonly forwarded?: FakeMessage;
  /** Ids of people and roles whom it pings, the bot among them; `everyone` for all. */
  pinged: ReadonlySet<string>;
  editedAt?: number;
  isDeleted: boolean;
  /** The only person who sees it. */
  readonly ephemeralFor?: string;
  /** The interaction that it answers. */
  readonly interactionId?: string;
  /** Still the "… is thinking" of a deferral. */
  isLoading: boolean;
  /** Who reacted, by emoji. */
  readonly reactions: Map<string, Set<string>>;
  threadId?: string;
}

/** A file as somebody sends it. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly description?: string;
}

/** What the bot wants a message to be: as `rules/message-body.ts` has read it. */
export interface MessageBody {
  readonly content?: string | null | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | null | undefined;
  readonly flags?: number | null | undefined;
  readonly nonce?: string | number | null | undefined;
  readonly enforce_nonce?: boolean | undefined;
  readonly allowed_mentions?: AllowedMentions | null | undefined;
  readonly message_reference?: { readonly message_id?: string | undefined } | null | undefined;
  readonly attachments?: readonly AttachmentEntry[] | null | undefined;
}

/** Whom a message may ping. */
export interface AllowedMentions {
  readonly parse?: readonly ('roles' | 'users' | 'everyone')[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
  readonly replied_user?: boolean | undefined;
}

export interface AttachmentEntry {
  readonly id: string | number;
  readonly filename?: string | undefined;
  readonly description?: string | null | undefined;
}
