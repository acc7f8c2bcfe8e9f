import {
  MessageType,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
} from 'discord.js';

import { plainLine, type PlainText } from '../plain-text.ts';
import type { Author, IncomingMessage, OtherMessage } from '../types.ts';
import { unmarked, type Names } from './markup.ts';
import { attachmentsOf } from './parse-pictures.ts';
import { PLATFORM, placeOf, timeOf, type ChannelFacts } from './places.ts';

/** What is known of where something happened, beside what the event itself says. */
export interface Surroundings {
  readonly channel: ChannelFacts;
  readonly botId: string;
  /** The role that the bot has in the guild by itself: people often mention that. */
  readonly botRoleId?: string | undefined;
  readonly names: Pick<Names, 'role' | 'channel'>;
  /** BCP 47, of the guild. */
  readonly locale?: string | undefined;
  readonly isAdmin: (userId: string, roleIds: readonly string[]) => boolean;
  /** Bytes that a file may have there. */
  readonly maxFileBytes?: number | undefined;
}

const messageKey = (id: string): string => `${PLATFORM}:${id}`;

/** Kinds of messages that people write. */
const WRITTEN: ReadonlySet<MessageType> = new Set([MessageType.Default, MessageType.Reply]);

/**
 * What somebody wrote; undefined for what can't be meant for the bot: messages of bots and of the system, those in
 * channels that have nothing to do with it, and those whose words are kept from it.
 */
export function parseMessage(
  message: GatewayMessageCreateDispatchData,
  kind: 'new' | 'edited',
  around: Surroundings,
): IncomingMessage | undefined {
  const { id, author, content, type, webhook_id: webhookId } = message;
  if (author.bot || webhookId !== undefined || !WRITTEN.has(type)) return undefined;
  // Discord tells of an edit also when it has looked up a link.
  if (kind === 'edited' && message.edited_timestamp === null) return undefined;
  const { channel, botId, botRoleId } = around;
  const mentionsBot =
    message.mentions.some((user) => user.id === botId) ||
    (botRoleId !== undefined && message.mention_roles.includes(botRoleId));
  const repliedTo = otherMessage(message.referenced_message, around);
  const isDirect = channel.kind === 'direct';
  const isTalk = isDirect || channel.kind !== 'channel';
  if (!isTalk && !mentionsBot && repliedTo?.isOurs !== true) return undefined;
  const attachments = attachmentsOf(message);
  if (content === '' && attachments.length === 0 && !mentionsBot && !isDirect) return undefined;
  return {
    type: 'message',
    kind,
    key: messageKey(id),
    messageId: id,
    place: placeOf(channel),
    author: authorOf(message, around),
    sentAt: timeOf(id),
    context: contextOf(around, { message: id }),
    text: textOf(message, around),
    attachments,
    ...(repliedTo && { repliedTo }),
    mentionsBot,
    mentionsOthers: mentionsOthers(message, around),
    isDirect,
    isCommand: false,
  };
}

/** That a message is gone: Discord tells no more than its id. */
export function parseDeletion(
  { id }: Pick<GatewayMessageDeleteDispatchData, 'id'>,
  channel: ChannelFacts,
  now: number,
): IncomingMessage {
  return {
    type: 'message',
    kind: 'deleted',
    key: messageKey(id),
    messageId: id,
    place: placeOf(channel),
    author: NOBODY,
    sentAt: now,
    context: {},
    text: plainLine(''),
    attachments: [],
    mentionsBot: false,
    mentionsOthers: false,
    isDirect: channel.kind === 'direct',
    isCommand: false,
  };
}

/** Who wrote a message that is gone. */
const NOBODY: Author = {
  id: '0',
  name: plainLine('somebody'),
  isBot: false,
  roles: [],
  isAdmin: false,
};

/** What is kept to answer with. */
export function contextOf(
  { maxFileBytes }: Pick<Surroundings, 'maxFileBytes'>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...more, ...(maxFileBytes !== undefined && { maxFileBytes: String(maxFileBytes) }) };
}

function authorOf(
  { author, member }: GatewayMessageCreateDispatchData,
  { locale, isAdmin }: Surroundings,
): Author {
  const roles = member?.roles ?? [];
  return {
    id: author.id,
    name: plainLine(member?.nick ?? author.global_name ?? author.username),
    isBot: false,
    ...(locale !== undefined && { locale }),
    roles,
    isAdmin: isAdmin(author.id, roles),
  };
}

/** A message that another one is about. */
export function otherMessage(
  message: APIMessage | null | undefined,
  around: Pick<Surroundings, 'botId' | 'botRoleId' | 'names'>,
): OtherMessage | undefined {
  if (!message) return undefined;
  return {
    messageId: message.id,
    isOurs: message.author.id === around.botId,
    text: textOf(message, around),
    attachments: attachmentsOf(message),
  };
}

function textOf(
  { content, mentions }: Pick<APIMessage, 'content' | 'mentions'>,
  { botId, botRoleId, names }: Pick<Surroundings, 'botId' | 'botRoleId' | 'names'>,
): PlainText {
  const user = (id: string) => {
    const found = mentions.find((one) => one.id === id);
    return found && (found.global_name ?? found.username);
  };
  return unmarked(withoutMention(content, botId, botRoleId), { ...names, user });
}

function withoutMention(content: string, botId: string, botRoleId: string | undefined): string {
  const [, id] = /^\s*<@[!&]?(\d+)>[\s,:]*/.exec(content) ?? [];
  if (id === undefined || (id !== botId && id !== botRoleId)) return content;
  return content.replace(/^\s*<@[!&]?\d+>[\s,:]*/, '');
}

/** Whether somebody else is named in the words; a reply alone names nobody. */
function mentionsOthers(
  { content, mention_everyone: everyone }: Pick<APIMessage, 'content' | 'mention_everyone'>,
  { botId, botRoleId }: Surroundings,
): boolean {
  const ids = [...content.matchAll(/<@[!&]?(\d+)>/g)].map(([, id]) => id);
  return everyone || ids.some((id) => id !== botId && id !== botRoleId);
}
