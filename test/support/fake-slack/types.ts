/** What goes over the wire. */
export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly name: string;
  /** As Slack writes it: `de-DE`. */
  readonly locale: string;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  /** The view of the App Home's first tab that the bot published for them. */
  home?: View;
  /** Open modals, the uppermost last. */
  readonly modals: View[];
}

export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  /** Ids of users; of an `im` the person alone. */
  readonly members: Set<string>;
  isArchived: boolean;
  /** Deleted for good: nobody finds it. */
  isGone: boolean;
  readonly messages: Message[];
  /** What the bot says in the threads of an agent while it is at work, by `thread_ts`. */
  readonly statuses: Map<string, { readonly text: string; readonly until: number }>;
  /** What people may press in the thread of an agent, by `thread_ts`. */
  readonly prompts: Map<string, readonly { readonly title: string; readonly message: string }[]>;
}

export interface Message {
  readonly channel: string;
  /** Unique in a workspace. */
  readonly ts: string;
  readonly user: string;
  readonly isFromApp: boolean;
  subtype?: string;
  readonly threadTs?: string;
  text: string;
  blocks?: readonly Json[];
  files: readonly StoredFile[];
  metadata?: { readonly event_type: string; readonly event_payload: Json };
  editedTs?: string;
  /** Only this person sees it. */
  readonly onlyFor?: string;
  /** By name, who gave them. */
  readonly reactions: Map<string, Set<string>>;
  isDeleted: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  alt: string;
  readonly user: string;
  readonly createdAt: number;
  bytes: Uint8Array;
  /** How many bytes it is to have. */
  announcedBytes: number;
  state: 'announced' | 'uploaded' | 'complete' | 'deleted';
  /** How many times `files.info` still says that it is not ready. */
  pollsLeft: number;
  kind: FileKind;
}

/** What Slack takes a file for. */
export interface FileKind {
  readonly mimeType: string;
  readonly fileType: string;
  /** In pixels, of pictures. */
  readonly size?: { readonly width: number; readonly height: number };
}

export interface View {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly type: 'modal' | 'home';
  readonly content: Json;
  readonly rootId: string;
  readonly previousId: string | null;
}
