import { z } from 'zod';

import type { Said } from '../../store/web-chat.ts';
import { ActionFields } from '../actions.ts';
import { plain, plainLine, type PlainText } from '../plain-text.ts';
import type {
  Author,
  IncomingAction,
  IncomingCommand,
  IncomingMessage,
  OtherMessage,
} from '../types.ts';

export const PLATFORM = 'web';
const CHANNEL = 'local';

/** More than anybody types, and far below what a request may be. */
const MAX_TEXT = 20_000;
const MAX_UPLOADS = 10;

/** Letters and digits, as the page and the store make them. */
export const Id = z.string().regex(/^[a-z0-9]{16,40}$/);

const Upload = z.object({
  id: Id,
  name: z.string().max(300),
  mediaType: z.string().max(100).exactOptional(),
  bytes: z.int().nonnegative(),
  /** It was painted as a mask, or goes along with one that was; absent where its name tells. */
  isMask: z.boolean().exactOptional(),
});

/** What the page sends when a person writes. */
export const Saying = z
  .object({
    /** The same for every try to send the same. */
    key: Id,
    thread: Id.exactOptional(),
    text: z.string().max(MAX_TEXT),
    uploads: z.array(Upload).max(MAX_UPLOADS),
    /** A message of the bot. */
    repliedTo: Id.exactOptional(),
  })
  .refine(({ text, uploads }) => text.trim() !== '' || uploads.length > 0, {
    error: 'there is nothing in it',
  });

export type Saying = z.infer<typeof Saying>;

/** What the page sends when a person presses a button. */
export const Press = z.object({
  key: Id,
  messageId: Id,
  action: ActionFields,
});

export type Press = z.infer<typeof Press>;

/** What is kept of a person's message. */
const SaidContent = z.object({
  text: z.string(),
  uploads: z.array(Upload),
  repliedTo: z.string().exactOptional(),
});

export function contentOf({ text, uploads, repliedTo }: Saying): string {
  const named = uploads.map((upload) => ({ ...upload, name: plainLine(upload.name) }));
  return JSON.stringify({
    text: plain(text),
    uploads: named,
    ...(repliedTo !== undefined && { repliedTo }),
  } satisfies z.infer<typeof SaidContent>);
}

const MAX_TITLE = 80;

/** What a thread is called that begins with a message. */
export function titleOf({ text, uploads }: Pick<Saying, 'text' | 'uploads'>): string {
  const title = plainLine(text) || plainLine(uploads[0]?.name ?? '');
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1).trimEnd()}…` : title;
}

/** A kept message of a person as the bot takes it: the same each time. */
export function incomingMessage({ messageId, threadId, content, sentAt }: Said): IncomingMessage {
  const { text, uploads, repliedTo } = SaidContent.parse(JSON.parse(content));
  return {
    ...arrival(`message:${messageId}`, threadId, sentAt),
    type: 'message',
    kind: 'new',
    messageId,
    context: { answers: messageId },
    text: plain(text),
    attachments: uploads.map(({ id, name, mediaType, bytes, isMask }) => ({
      reference: id,
      name,
      bytes,
      ...(mediaType !== undefined && { mediaType }),
      isSpoiler: false,
      ...(isMask !== undefined && { isMask }),
    })),
    ...(repliedTo !== undefined && { repliedTo: ourMessage(repliedTo) }),
    mentionsBot: true,
    mentionsOthers: false,
    isDirect: true,
    isCommand: false,
  };
}

export function incomingAction(
  { key, messageId, action }: Press,
  threadId: string,
  sentAt: number,
): IncomingAction {
  return { ...arrival(`action:${key}`, threadId, sentAt), type: 'action', action, messageId };
}

/** What the bot is told when a thread is removed. */
export function forgetThread(threadId: string, sentAt: number): IncomingCommand {
  const key = `removed:${threadId}`;
  return { ...arrival(key, threadId, sentAt), type: 'command', command: 'forget-conversation' };
}

function arrival(key: string, thread: string, sentAt: number) {
  return {
    key: `${PLATFORM}:${key}`,
    place: { platform: PLATFORM, channel: CHANNEL, thread },
    author: PERSON,
    sentAt,
    context: {},
  };
}

/** Whoever sits at this machine. */
const PERSON: Author = {
  id: 'local',
  name: '' as PlainText,
  isBot: false,
  roles: [],
  isAdmin: true,
};

/** The bot knows its own messages by their ids. */
const ourMessage = (messageId: string): OtherMessage => ({
  messageId,
  isOurs: true,
  text: '' as PlainText,
  attachments: [],
});
