import type { ImageReference } from './image-reference.ts';
import type { Opinion } from './records.ts';

/**
 * The local chat as a platform keeps it: threads, and what people and the bot have written there.
 * What a message says is text in the writer's own notation; the store does not read it.
 *
 * Every change gets the next revision, and what has a revision is there for all readers: whoever
 * has seen all up to one asks for what is later, and misses nothing and gets nothing twice. Times are
 * milliseconds since the epoch. All methods may reject with `STORE_UNAVAILABLE`, `STORAGE_FULL`, and
 * `SHUTDOWN` once it is disposed of.
 */
export interface WebChat extends AsyncDisposable {
  /** Makes a thread. */
  open(title: string): Promise<string>;
  /**
   * Keeps what a person wrote, also through a power cut: once per key. Without a thread it opens one.
   * @return Undefined where the thread is gone.
   */
  say(said: NewSaid): Promise<Said | undefined>;
  /** What persons wrote and the bot has not taken yet, the oldest first. */
  unheard(limit: number): Promise<readonly Said[]>;
  heard(messageId: string): Promise<void>;

  /** Keeps a message of the bot; with the same marker it is the same one. Undefined: the thread is gone. */
  post(threadId: string, post: NewPost): Promise<string | undefined>;
  /** Whether the message is there. One that is the same already gets no new revision. */
  update(threadId: string, messageId: string, content: WebContent): Promise<boolean>;
  /** Keeps what the person thinks of a message of the bot, if it is there: the last one counts. */
  judge(messageId: string, opinion: Opinion): Promise<void>;
  find(threadId: string, marker: string, since: number): Promise<string | undefined>;
  /** Takes a message away for good; its marker stays taken. */
  remove(threadId: string, messageId: string): Promise<void>;
  /** Takes a thread away with all in it. */
  removeThread(threadId: string): Promise<void>;
  /** Takes all threads away in which nothing was said or posted since a time; how many they are. */
  removeThreadsBefore(time: number): Promise<number>;

  thread(threadId: string): Promise<WebThread | undefined>;
  message(messageId: string): Promise<WebMessage | undefined>;
  /**
   * What has changed after a revision (0: all there is), each in its present state and the oldest
   * change first: of all threads, and of the messages of one. `isWhole` is false where more is to be asked for.
   */
  changes(
    after: number,
    threadId: string | undefined,
    limit: number,
  ): Promise<WebChanges & { readonly isWhole: boolean }>;
  /** A picture by its id, if a message of the chat shows it. */
  picture(imageId: string): Promise<ImageReference | undefined>;
}

export interface NewSaid {
  /** The writer's own, so that what is sent again is kept once. */
  readonly key: string;
  readonly threadId?: string;
  /** Of the thread, where it is opened. */
  readonly title: string;
  readonly content: string;
}

export interface Said {
  readonly messageId: string;
  readonly threadId: string;
  readonly content: string;
  readonly sentAt: number;
  readonly isHeard: boolean;
}

export interface WebContent {
  readonly content: string;
  /** All pictures that it shows. */
  readonly pictures: readonly ImageReference[];
}

export interface NewPost extends WebContent {
  readonly marker: string;
  /** The person's message that it answers. */
  readonly answers?: string;
}

export interface WebThread {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
  readonly isDeleted: boolean;
}

export interface WebMessage {
  readonly id: string;
  readonly threadId: string;
  /** Where it stands in its thread. */
  readonly position: number;
  readonly revision: number;
  readonly author: 'person' | 'bot';
  readonly answers?: string;
  /** Empty once it is deleted. */
  readonly content: string;
  /** What the person thinks of it. */
  readonly opinion?: Opinion;
  readonly sentAt: number;
  readonly isDeleted: boolean;
}

export interface WebChanges {
  /** All up to here is told now. */
  readonly revision: number;
  readonly threads: readonly WebThread[];
  readonly messages: readonly WebMessage[];
}
