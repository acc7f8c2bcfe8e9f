import { randomUUID } from 'node:crypto';

import type { Action, ActionKind } from '../../src/bots/actions.ts';
import { picturesOf, type Button, type ChatMessage } from '../../src/bots/messages.ts';
import { plain } from '../../src/bots/plain-text.ts';
import type {
  AttachmentReference,
  ChatAdapter,
  Incoming,
  IncomingCommand,
  IncomingMessage,
  Receive,
} from '../../src/bots/types.ts';
import { AppError } from '../../src/errors.ts';
import type { Place } from '../../src/store/records.ts';
import { recordingAdapter, RECORDING_CAPABILITIES } from './recording-adapter.ts';
import { RecordingPlatform, type RecordedMessage } from './recording-platform.ts';

/** So that nobody has to wait. */
export const QUICK_CAPABILITIES = {
  ...RECORDING_CAPABILITIES,
  maxMessageCharacters: 8_000,
  maxTextCharacters: 4_000,
  editIntervalMs: 0,
  postIntervalMs: 0,
};

const PLACE: Place = { platform: 'recording', channel: 'garden', thread: 'thread-1' };

export interface Saying {
  /** Files that come with it: names of `Chat.files`. */
  readonly files?: readonly string[];
  /** Which of them is said to be the mask; the others then are said to be none. */
  readonly mask?: string;
  readonly mentionsBot?: boolean;
  readonly mentionsOthers?: boolean;
  readonly isCommand?: boolean;
  readonly isDirect?: boolean;
  readonly isAdmin?: boolean;
  readonly repliedTo?:
    RecordedMessage | { readonly from: string; readonly files: readonly string[] };
  readonly key?: string;
  readonly kind?: IncomingMessage['kind'];
  readonly thread?: string;
  /** What is different of the place. */
  readonly place?: Partial<Place>;
  readonly roles?: readonly string[];
  readonly locale?: string;
  readonly options?: IncomingMessage['options'];
}

type Who = Pick<Saying, 'isAdmin' | 'roles' | 'locale'>;

/** People who talk with the bot on a recording platform, which outlives it. */
export class Chat {
  readonly platform = new RecordingPlatform(QUICK_CAPABILITIES, Date.now);
  /** What can be attached, by name. */
  readonly files = new Map<string, Uint8Array>();
  /** What was said to one person alone. */
  readonly whispers: { readonly to: string; readonly text: string }[] = [];
  /** What people did, each with the number of messages that the bot had written by then. */
  readonly #script: { readonly after: number; readonly line: string }[] = [];
  /** Who hears what people do. */
  receiver: Receive = () => Promise.reject(new Error('No bot is there.'));

  /** The adapter for one life of the bot. */
  adapter(overrides: Partial<ChatAdapter> = {}): ChatAdapter {
    const adapter = recordingAdapter(this.platform, QUICK_CAPABILITIES, {
      fetchAttachment: async ({ reference }) => {
        const bytes = this.files.get(reference);
        if (bytes) return bytes;
        throw new AppError('IMAGE_NOT_FOUND', 'That file is gone.');
      },
      ...overrides,
    });
    this.receiver = (incoming) => adapter.receive(incoming);
    return adapter;
  }

  /** Somebody writes a message. It is kept when this resolves, and dealt with some time later. */
  async says(author: string, text: string, saying: Saying = {}): Promise<string> {
    this.#did(`${author}: ${[text, ...(saying.files ?? []).map((name) => `[${name}]`)].join(' ')}`);
    const message = this.message(author, text, saying);
    await this.receive(message);
    return message.key;
  }

  message(author: string, text: string, saying: Saying = {}): IncomingMessage {
    const messageId = saying.key ?? randomUUID();
    const { repliedTo, thread, mask } = saying;
    return {
      type: 'message',
      kind: saying.kind ?? 'new',
      key: `recording:${messageId}`,
      messageId,
      text: plain(text),
      attachments: (saying.files ?? []).map((name) => ({
        ...attachment(name),
        ...(mask !== undefined && { isMask: name === mask }),
      })),
      mentionsBot: saying.mentionsBot ?? false,
      mentionsOthers: saying.mentionsOthers ?? false,
      isDirect: saying.isDirect ?? false,
      isCommand: saying.isCommand ?? false,
      ...(saying.options && { options: saying.options }),
      ...(repliedTo && {
        repliedTo:
          'id' in repliedTo
            ? { messageId: repliedTo.id, isOurs: true, text: plain(''), attachments: [] }
            : {
                messageId: randomUUID(),
                isOurs: false,
                text: plain(''),
                attachments: repliedTo.files.map(attachment),
              },
      }),
      ...this.#arrival(
        author,
        { ...(thread !== undefined && { thread }), ...saying.place },
        saying,
      ),
    };
  }

  /** Somebody presses a button of a message. */
  async presses(
    author: string,
    message: RecordedMessage,
    kind: ActionKind,
    round?: number,
    who: Who = {},
  ) {
    const button = message.message.buttons.find(
      (other) => other.action === kind && (round === undefined || other.round === round),
    );
    if (!button) throw new Error(`There is no button ${kind}.`);
    this.#did(`${author} presses ${button.label}`);
    await this.receive({
      type: 'action',
      key: `recording:press:${randomUUID()}`,
      action: actionOf(button),
      messageId: message.id,
      ...this.#arrival(author, message.place, who),
    });
  }

  async reacts(author: string, message: RecordedMessage, emoji: string, isAdded = true) {
    this.#did(`${author} reacts ${emoji}${isAdded ? '' : ' no more'}`);
    await this.receive({
      type: 'reaction',
      key: `recording:reaction:${randomUUID()}`,
      emoji,
      isAdded,
      messageId: message.id,
      ...this.#arrival(author, message.place),
    });
  }

  async commands(
    author: string,
    command: IncomingCommand['command'],
    { change, place, ...who }: Who & Pick<IncomingCommand, 'change'> & Pick<Saying, 'place'> = {},
  ) {
    this.#did(`${author}: /${command}`);
    const key = `recording:command:${randomUUID()}`;
    await this.receive({
      type: 'command',
      key,
      command,
      ...(change && { change }),
      ...this.#arrival(author, place, who),
    });
  }

  receive(incoming: Incoming): Promise<void> {
    return this.receiver(incoming);
  }

  /** What the bot has said, in its order. */
  get messages(): readonly RecordedMessage[] {
    return this.platform.messages.filter(({ isDeleted }) => !isDeleted);
  }

  /** The last message of a kind. */
  last<Kind extends ChatMessage['kind']>(
    kind: Kind,
  ): RecordedMessage & { readonly message: Extract<ChatMessage, { kind: Kind }> } {
    const found = this.messages.findLast(isOf(kind));
    if (!found) throw new Error(`The bot has said no ${kind}.`);
    return found;
  }

  /** The whole thread as one would read it. */
  transcript(): string {
    const lines: string[] = [];
    const { messages } = this.platform;
    for (let index = 0; index <= messages.length; index += 1) {
      for (const { after, line } of this.#script) if (after === index) lines.push(`\n${line}`);
      const recorded = messages[index];
      if (recorded && !recorded.isDeleted) lines.push(...linesOf(recorded.message));
    }
    return lines.join('\n');
  }

  #did(line: string): void {
    this.#script.push({ after: this.platform.messages.length, line });
  }

  #arrival(author: string, place: Partial<Place> = {}, who: Who = {}) {
    const { isAdmin = false, roles = [], locale } = who;
    return {
      place: { ...PLACE, ...place },
      author: {
        id: author,
        name: plain(author),
        isBot: false,
        roles,
        isAdmin,
        ...(locale !== undefined && { locale }),
      },
      sentAt: Date.now(),
      context: {},
    };
  }
}

function isOf<Kind extends ChatMessage['kind']>(kind: Kind) {
  return (
    recorded: RecordedMessage,
  ): recorded is RecordedMessage & { readonly message: Extract<ChatMessage, { kind: Kind }> } =>
    recorded.message.kind === kind;
}

const attachment = (name: string): AttachmentReference => ({
  reference: name,
  name,
  isSpoiler: name.startsWith('SPOILER'),
});

const actionOf = ({ action, turnId, round }: Button): Action => ({
  action,
  turnId,
  ...(round !== undefined && { round }),
});

function linesOf(message: ChatMessage): string[] {
  const buttons = message.buttons.map(({ label }) => `[${label}]`).join(' ');
  const pictures = picturesOf(message).map(
    ({ image, alt }) => `(${image.width} × ${image.height}: ${alt})`,
  );
  switch (message.kind) {
    case 'status':
      return [
        `  bot · ${message.line} ${buttons}`,
        ...optional('    thinking: ', message.thinking?.text),
        ...optional('    plan: ', message.plan),
      ];
    case 'round':
      return [
        `  bot · ${message.title}: ${message.instruction} ${pictures.join(' ')}`,
        ...optional('    saw: ', message.critique?.text),
        ...optional(
          '    verdict: ',
          message.verdict && `${message.verdict.line} ${message.verdict.details}`,
        ),
      ];
    case 'final':
      return [`  bot · FINAL ${message.line} ${pictures.join(' ')} ${buttons}`];
    case 'note':
      return [`  bot · ${message.text} ${pictures.join(' ')} ${buttons}`];
  }
  return message satisfies never;
}

const optional = (label: string, text: string | undefined): string[] =>
  text === undefined ? [] : [`${label}${text.replaceAll('\n', ' / ')}`];
