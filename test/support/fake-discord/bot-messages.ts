import { MessageFlags, MessageType, type APIMessageTopLevelComponent } from 'discord.js';

import { failure, invalidForm } from './api-error.ts';
import { keepFile } from './files.ts';
import { addMessage, mentionsIn, tellOfMessage, type NewMessage } from './messages.ts';
import type {
  AttachmentEntry,
  FakeChannel,
  FakeFile,
  FakeMessage,
  MessageBody,
} from './records.ts';
import type { RestCall } from './routes/route.ts';
import { partsIn } from './rules/components.ts';
import { changedFlags, checkMessage, readMessageBody } from './rules/message-body.ts';
import type { World } from './world.ts';

const POSTABLE =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/** A message of the bot as a request asks for it, held against all rules. */
export interface BotMessage {
  readonly body: MessageBody;
  readonly flags: number;
  readonly content: string;
  readonly components: APIMessageTopLevelComponent[];
  readonly files: FakeFile[];
}

/** Reads what the bot wants to post somewhere. Its files are kept. */
export async function readBotMessage(
  world: World,
  channel: FakeChannel,
  call: Pick<RestCall, 'body' | 'files'>,
  isEphemeral = false,
): Promise<BotMessage> {
  const body = readMessageBody(call.body, (fault) => world.faults.push(fault));
  const files = await keepUploads(world, channel, body.attachments ?? [], call, isEphemeral);
  const content = body.content ?? '';
  const components = [...(body.components ?? [])];
  const flags = (body.flags ?? 0) & POSTABLE;
  checkMessage({ content, flags, components, files }, body);
  return { body, flags, content, components, files };
}

/** Posts a message of the bot; one whose nonce is known already is not posted again. */
export function postBotMessage(
  world: World,
  channel: FakeChannel,
  message: BotMessage,
  more: Partial<NewMessage> = {},
): FakeMessage {
  const { body, content, components, files, flags } = message;
  const { nonce, enforce_nonce: isUnique } = body;
  if (isUnique && nonce !== undefined && nonce !== null) {
    const since = world.clock.now() - world.limits.nonceMs;
    const same = world.messagesSince(channel.id, since).find((other) => other.nonce === nonce);
    if (same) return same;
  }
  const repliedTo = body.message_reference?.message_id;
  if (repliedTo !== undefined && !world.messages.has(repliedTo)) {
    throw invalidForm('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  return addMessage(world, channel, {
    author: world.bot,
    content,
    components,
    files,
    flags,
    pinged: pingedBy(content, components, body, world),
    ...(repliedTo !== undefined && { repliedTo, type: MessageType.Reply }),
    ...(nonce !== undefined && nonce !== null && { nonce }),
    ...more,
  });
}

/** Makes a message of the bot what a request asks for; what that does not name stays. */
export async function changeBotMessage(
  world: World,
  channel: FakeChannel,
  message: FakeMessage,
  call: Pick<RestCall, 'body' | 'files'>,
): Promise<FakeMessage> {
  const body = readMessageBody(call.body, (fault) => world.faults.push(fault));
  const entries = body.attachments;
  const kept = entries
    ? message.files.filter(({ id }) => entries.some((entry) => String(entry.id) === id))
    : message.files;
  const isEphemeral = message.ephemeralFor !== undefined;
  const added = await keepUploads(world, channel, entries ?? [], call, isEphemeral);
  const files = [...kept, ...added];
  const content = body.content === undefined ? message.content : (body.content ?? '');
  const components =
    body.components === undefined ? message.components : [...(body.components ?? [])];
  const before = message.flags & ~MessageFlags.Loading;
  const flags = changedFlags(before, body.flags);
  checkMessage({ content, flags, components, files }, body);
  message.isLoading = false;
  Object.assign(message, { content, components, files, flags });
  message.editedAt = world.clock.now();
  tellOfMessage(world, 'MESSAGE_UPDATE', message);
  return message;
}

/** Keeps the files of a request, each with what is said of it. */
async function keepUploads(
  world: World,
  channel: FakeChannel,
  entries: readonly AttachmentEntry[],
  { files }: Pick<RestCall, 'files'>,
  isEphemeral: boolean,
): Promise<FakeFile[]> {
  if (files.some(({ bytes }) => bytes.length > world.limits.fileBytes)) throw failure(40_005);
  const kept: FakeFile[] = [];
  for (const { index, name, bytes } of files) {
    const entry = entries.find(({ id }) => String(id) === String(index));
    const { filename = name, description } = entry ?? {};
    const said = typeof description === 'string' ? { description } : {};
    kept.push(await keepFile(world, channel.id, { name: filename, bytes, ...said }, isEphemeral));
  }
  return kept;
}

/** Whom a text of the bot pings, with what it allows itself. */
function pingedBy(
  content: string,
  components: readonly APIMessageTopLevelComponent[],
  { allowed_mentions: allowed, message_reference: reference }: MessageBody,
  world: World,
): ReadonlySet<string> {
  const texts = [...partsIn(components)].flatMap((part) =>
    typeof part['content'] === 'string' ? part['content'] : [],
  );
  const named = mentionsIn([content, ...texts].join('\n'));
  const author =
    reference?.message_id === undefined
      ? undefined
      : world.messages.get(reference.message_id)?.author.id;
  const isReplyLoud = allowed ? allowed.replied_user === true : true;
  const pinged = [...named].filter((id) => {
    if (!allowed) return true;
    const kind = id === 'everyone' ? 'everyone' : 'users';
    return (allowed.parse ?? []).some((one) => one === kind) || allowed.users?.includes(id);
  });
  return new Set(author !== undefined && isReplyLoud ? [...pinged, author] : pinged);
}
