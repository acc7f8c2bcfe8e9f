import { MessageType } from 'discord.js';

import { linkTo } from '../files.ts';
import type { FakeFile, FakeMessage } from '../records.ts';
import type { Viewer, World } from '../world.ts';
import { channelPayload } from './places.ts';
import { bareMemberPayload, createdAt, iso, userPayload } from './people.ts';

/** Whether a message's words and files are shown without leave to read what people write. */
const isMeantForBot = (world: World, message: FakeMessage): boolean =>
  message.author === world.bot ||
  message.pinged.has(world.bot.id) ||
  world.channels.get(message.channelId)?.guildId === undefined;

export function messagePayload(
  world: World,
  message: FakeMessage,
  viewer: Viewer,
  { depth = 0 }: { readonly depth?: number } = {},
): object {
  const { id, channelId, author, repliedTo, interactionId, threadId } = message;
  const isShown = viewer.readsContent || isMeantForBot(world, message);
  const replied = repliedTo === undefined ? undefined : world.messages.get(repliedTo);
  const interaction =
    interactionId === undefined ? undefined : world.interactions.get(interactionId);
  const thread = threadId === undefined ? undefined : world.channels.get(threadId);
  const { forwarded } = message;
  return {
    id,
    channel_id: channelId,
    type: message.type,
    author: userPayload(author),
    timestamp: createdAt(id),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    content: isShown ? message.content : '',
    attachments: isShown ? message.files.map((file) => filePayload(world, file)) : [],
    components: isShown ? withLinks(world, message) : [],
    embeds: [],
    tts: false,
    pinned: false,
    flags: message.flags,
    mention_everyone: message.pinged.has('everyone'),
    mention_roles: [],
    mentions: [...message.pinged].flatMap((other) => {
      const user = world.users.get(other);
      return user ? [userPayload(user)] : [];
    }),
    reactions: [...message.reactions].map(([emoji, users]) => ({
      emoji: { id: null, name: emoji },
      count: users.size,
      count_details: { burst: 0, normal: users.size },
      me: users.has(world.bot.id),
      me_burst: false,
      burst_colors: [],
    })),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(author.isBot && { application_id: world.bot.id }),
    ...(interaction && {
      webhook_id: world.bot.id,
      interaction_metadata: interaction.metadata(),
    }),
    ...(repliedTo !== undefined && {
      message_reference: {
        type: 0,
        message_id: repliedTo,
        channel_id:
          message.type === MessageType.ThreadStarterMessage && replied
            ? replied.channelId
            : channelId,
      },
      ...(depth === 0 && {
        referenced_message:
          replied && !replied.isDeleted
            ? messagePayload(world, replied, viewer, { depth: 1 })
            : null,
      }),
    }),
    ...(forwarded && {
      message_reference: { type: 1, message_id: forwarded.id, channel_id: forwarded.channelId },
      message_snapshots: isShown ? [{ message: snapshotOf(world, forwarded) }] : [],
    }),
    ...(thread && { thread: channelPayload(world, thread) }),
  };
}

/** The message as the gateway tells of it: with what a bot needs to know of who wrote it. */
export function messageEventPayload(world: World, message: FakeMessage, viewer: Viewer): object {
  const channel = world.channels.get(message.channelId);
  const guild = channel && world.guildOf(channel);
  const member = guild?.members.get(message.author.id);
  return {
    ...messagePayload(world, message, viewer),
    channel_type: channel?.type,
    ...(guild && { guild_id: guild.id }),
    ...(member && { member: bareMemberPayload(member) }),
  };
}

const snapshotOf = (world: World, message: FakeMessage): object => ({
  type: message.type,
  content: message.content,
  attachments: message.files.map((file) => filePayload(world, file)),
  embeds: [],
  components: [],
  timestamp: createdAt(message.id),
  edited_timestamp: null,
  flags: message.flags,
  mentions: [],
  mention_roles: [],
});

export function filePayload(world: World, file: FakeFile) {
  const url = linkTo(world, file);
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.mediaType,
    ...(file.width !== undefined && { width: file.width, height: file.height }),
    ...(file.description !== undefined && { description: file.description }),
    ...(file.isEphemeral && { ephemeral: true }),
    ...(file.name.startsWith('SPOILER_') && { flags: 8 }),
  };
}

/** The components with an id each, and with links in place of names of files. */
function withLinks(world: World, { components, files }: FakeMessage): object[] {
  let count = 0;
  const media = (url: string): object => {
    const file = files.find(({ name }) => url === `attachment://${name}`);
    if (!file) return { url };
    const { url: link, proxy_url, content_type, ...size } = filePayload(world, file);
    const { width, height } = size;
    return { url: link, proxy_url, content_type, width, height, attachment_id: file.id };
  };
  const shown = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => shown(item));
    if (typeof value !== 'object' || value === null) return value;
    if ((key === 'media' || key === 'file') && 'url' in value) return media(String(value.url));
    const entries = Object.entries(value);
    const isComponent = 'type' in value && typeof value.type === 'number';
    const id = isComponent && !('id' in value) ? { id: (count += 1) } : {};
    return {
      ...id,
      ...Object.fromEntries(entries.map(([name, inner]) => [name, shown(inner, name)])),
    };
  };
  return components.map((component) => shown(component) as object);
}
