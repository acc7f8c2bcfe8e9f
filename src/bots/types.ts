import type { EncodedImage, ImageFormat } from '../image/types.ts';
import type { Call } from '../pipeline/types.ts';
import type { Place } from '../store/records.ts';
import type { Action } from './actions.ts';
import type { Home } from './home.ts';
import type { ChatMessage } from './messages.ts';
import type { PlainText } from './plain-text.ts';
import type { WorkspaceSettingsChange } from './workspace-settings.ts';

/*
 * The port between a chat platform and the bot. An adapter parses, paints and moves bytes; it
 * decides nothing. Plain data crosses it in both directions.
 */

/** What came from a platform. What an adapter can't use it leaves out; it never throws for that. */
export type Incoming = IncomingMessage | IncomingAction | IncomingReaction | IncomingCommand;

interface Arrival {
  /**
   * Unique across platforms, and the same for every delivery that tells of the same thing, such as
   * `chat:T1:C1:1700000000.1`. At most 200 characters.
   */
  readonly key: string;
  readonly place: Place;
  readonly author: Author;
  /** Milliseconds since the epoch, by the platform's clock. */
  readonly sentAt: number;
  /** What the adapter needs to answer, kept with the turn. No secrets: they would be stored. */
  readonly context: Readonly<Record<string, string>>;
}

/** A message of somebody. A request by a slash command or a form is one as well. */
export interface IncomingMessage extends Arrival {
  readonly type: 'message';
  /** `edited` and `deleted` have the key of the message as it was when it was `new`. */
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly messageId: string;
  /** The words, with markup undone, and without the mention of the bot that it begins with. */
  readonly text: PlainText;
  readonly attachments: readonly AttachmentReference[];
  readonly repliedTo?: OtherMessage;
  /** The message that "Edit this image" was chosen on. */
  readonly target?: OtherMessage;
  readonly mentionsBot: boolean;
  /** Somebody other than the bot is mentioned. */
  readonly mentionsOthers: boolean;
  /** Nobody else is there, so that every message is meant for the bot. */
  readonly isDirect: boolean;
  /** It was asked for by a command or a form: it is a request, whatever the words. */
  readonly isCommand: boolean;
  readonly options?: RequestOptions;
}

export interface RequestOptions {
  readonly engine?: string;
  readonly rounds?: number;
  readonly seed?: number;
}

/** A button of ours was pressed. */
export interface IncomingAction extends Arrival {
  readonly type: 'action';
  readonly action: Action;
  /** The message that the button is on. */
  readonly messageId: string;
}

export interface IncomingReaction extends Arrival {
  readonly type: 'reaction';
  /** Unicode, such as `👍`; custom ones by their name. */
  readonly emoji: string;
  /** False when it was taken back. */
  readonly isAdded: boolean;
  readonly messageId: string;
}

/** A command that is no request. */
export interface IncomingCommand extends Arrival {
  readonly type: 'command';
  /** `forget-conversation`: the thread was removed by who alone is in it. `home`: what a person sees of the bot when they open its page. */
  readonly command: 'help' | 'history' | 'home' | 'settings' | 'forget-me' | 'forget-conversation';
  /** With `settings`: what an admin of the workspace changes; absent: they only look. */
  readonly change?: WorkspaceSettingsChange;
}

export interface Author {
  /** The platform's own id. */
  readonly id: string;
  readonly name: PlainText;
  readonly isBot: boolean;
  /** BCP 47, such as `pt-BR`. */
  readonly locale?: string;
  readonly roles: readonly string[];
  /** They run the place where the message was written. */
  readonly isAdmin: boolean;
}

export interface OtherMessage {
  readonly messageId: string;
  /** Whether this bot wrote it. */
  readonly isOurs: boolean;
  readonly text: PlainText;
  readonly attachments: readonly AttachmentReference[];
}

/** A file in a message, to be fetched through the adapter that gave it. JSON; no secrets. */
export interface AttachmentReference {
  /** The adapter's own notation. */
  readonly reference: string;
  readonly name: string;
  /** As the platform says, which proves nothing. */
  readonly mediaType?: string;
  readonly bytes?: number;
  readonly isSpoiler: boolean;
  /** Whether it was given as a mask; where that is not said, its name tells. */
  readonly isMask?: boolean;
}

/** Where to write, and what the adapter had said it needs for that. */
export interface Destination {
  readonly place: Place;
  readonly context: Readonly<Record<string, string>>;
}

/** A picture of a message as a file that the platform takes. */
export interface PictureFile {
  /** What is shown: of a format that the platform shows. */
  readonly shown: NamedFile;
  /** The whole picture in its own format, where that can't be shown. */
  readonly original?: NamedFile;
  /** That what is shown is less than the whole picture. */
  readonly note?: PlainText;
}

export interface NamedFile {
  readonly name: string;
  readonly image: EncodedImage;
}

/** A message to be written. */
export interface Painting {
  readonly message: ChatMessage;
  /**
   * One file per picture of the message, in the order of `picturesOf`. Absent in an update of a
   * message that has its pictures already, and for adapters that take references.
   */
  readonly files?: readonly PictureFile[];
}

/** What a platform can hold. Characters are UTF-16 units of plain text, with room left for markup. */
export interface AdapterCapabilities {
  /** Of all texts of one message together, labels of buttons and alt texts aside. */
  readonly maxMessageCharacters: number;
  /** Of any one text. */
  readonly maxTextCharacters: number;
  readonly maxAltCharacters: number;
  readonly maxLabelCharacters: number;
  readonly maxButtons: number;
  /** The least time between two edits of the same message. */
  readonly editIntervalMs: number;
  /** The least time between two new messages in the same channel. */
  readonly postIntervalMs: number;
  /** Absent: the adapter takes references, and gets no files. */
  readonly files?: {
    readonly maxBytes: number;
    /** Formats that people see in the message; the best first. Never empty. */
    readonly shownFormats: readonly ImageFormat[];
    /** Whether a picture may be replaced at every step. */
    readonly previews: boolean;
  };
}

export interface PostedMessage {
  readonly messageId: string;
}

/** Takes what came in. When it resolves it is kept, so that the adapter may acknowledge it. */
export type Receive = (incoming: Incoming) => Promise<void>;

/**
 * One chat platform. An optional method is a capability: where it is absent the platform can't do it.
 *
 * Every method rejects with AppErrors alone, or with the reason of the signal. Those that all methods share:
 * `RATE_LIMITED` (retryable, with `retryAfterMs`; the call had no effect); `PLATFORM_UNAVAILABLE`
 * (retryable; the call may have had its effect); `NOT_PERMITTED`, whose message names what the bot lacks; `CHANNEL_GONE`.
 */
export interface ChatAdapter extends AsyncDisposable {
  /** `place.platform` of all that it is for. */
  readonly platform: string;
  readonly capabilities: AdapterCapabilities;
  /**
   * Where an author's id names one person: on the whole platform, or inside one workspace alone. By it
   * people are told apart, with what they asked for, used up, and want to be forgotten.
   */
  readonly accounts: 'of-platform' | 'of-workspace';

  /** Bytes that a file may have in a place, where that differs from what the capabilities say. */
  maxFileBytes?(destination: Destination): number;

  /** Connects, and from then on hands over what comes in. */
  start(receive: Receive, call: Call): Promise<void>;

  /**
   * Writes a new message.
   * @param marker Goes with the message, unseen, for `findMessage`; the same marker means the same
   *   message, so that a platform which can tell posts it once.
   * @throws {AppError} `ATTACHMENT_TOO_LARGE`; `MESSAGE_REFUSED` when the platform won't have it as it is.
   */
  postMessage(
    destination: Destination,
    painting: Painting,
    marker: string,
    call: Call,
  ): Promise<PostedMessage>;

  /**
   * Makes a message of ours equal to a painting. Doing so twice changes nothing more.
   * @throws {AppError} `MESSAGE_GONE`, and all that `postMessage` throws.
   */
  updateMessage(
    destination: Destination,
    messageId: string,
    painting: Painting,
    call: Call,
  ): Promise<void>;

  /**
   * The message of ours that was posted with a marker, if it is there.
   * @param since It was not posted before: milliseconds since the epoch.
   */
  findMessage(
    destination: Destination,
    marker: string,
    since: number,
    call: Call,
  ): Promise<PostedMessage | undefined>;

  /** Takes a message of ours away; one that is gone already is no fault. */
  deleteMessage(destination: Destination, messageId: string, call: Call): Promise<void>;

  /**
   * The bytes of an attachment, whole.
   * @throws {AppError} `IMAGE_NOT_FOUND` when it is gone, `IMAGE_TOO_LARGE` past the limit.
   */
  fetchAttachment(
    attachment: AttachmentReference,
    limits: { readonly maxBytes: number },
    call: Call,
  ): Promise<Uint8Array>;

  /**
   * The thread that belongs to a message, made where there is none: the same one each time.
   * @param title At most 100 characters are used.
   */
  openThread?(
    destination: Destination,
    messageId: string,
    title: PlainText,
    call: Call,
  ): Promise<Place>;

  /** Says something that only one person sees, in answer to what they did. */
  notify?(
    destination: Destination,
    author: Pick<Author, 'id'>,
    text: PlainText,
    call: Call,
  ): Promise<void>;

  /** Paints what a person sees of the bot on a page of its own. */
  showHome?(
    destination: Destination,
    author: Pick<Author, 'id'>,
    home: Home,
    call: Call,
  ): Promise<void>;

  /** A link that leads people to a message; undefined where there is none. */
  linkTo?(place: Place, messageId: string): string | undefined;

  /** The names that people know channels or roles of a workspace by, such as `#garden`, in the same order. */
  namesOf?(
    place: Pick<Place, 'platform' | 'workspace'>,
    kind: 'channels' | 'roles',
    ids: readonly string[],
    call: Call,
  ): Promise<readonly PlainText[]>;

  /** Removes what is kept of a person by the platform itself, where that is the bot's own. */
  forgetPerson?(author: Pick<Author, 'id'>, call: Call): Promise<void>;

  /** Shows for a moment that the bot is at work. */
  showTyping?(destination: Destination, call: Call): Promise<void>;
}
