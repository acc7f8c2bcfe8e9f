import { GatewayIntentBits, MessageType } from 'discord.js';

import { failure } from './api-error.ts';
import { changeThread } from './channels.ts';
import { messageEventPayload } from './payloads/message.ts';
import { userPayload } from './payloads/people.ts';
import type { FakeChannel, FakeMessage, FakeUser } from './records.ts';
import type { World } from './world.ts';

export type NewMessage = Pick<FakeMessage, 'author'> &
  Partial<
    Pick<
      FakeMessage,
      | 'type'
      | 'content'
      | 'files'
      | 'components'
      | 'flags'
      | 'nonce'
      | 'repliedTo'
      | 'forwarded'
      | 'pinged'
      | 'ephemeralFor'
      | 'interactionId'
      | 'isLoading'
    >
  > & { readonly id?: string };

/** Puts a message into a channel, and tells of it. Writing in a thread opens it again. */
export function addMessage(world: World, channel: FakeChannel, message: NewMessage): FakeMessage {
  const added: FakeMessage = {
    type: MessageType.Default,
    content: '',
    files: [],
    components: [],
    flags: 0,
    pinged: new Set(),
    isLoading: false,
    ...message,
    id: message.id ?? world.snowflakes.next(),
    channelId: channel.id,
    isDeleted: false,
    reactions: new Map(),
  };
  world.keep(added);
  if (channel.thread?.archived && added.ephemeralFor === undefined) {
    changeThread(world, channel, { archived: false });
  }
  tellOfMessage(world, 'MESSAGE_CREATE', added);
  return added;
}

/** Tells of a message to those who may see that there is one. */
export function tellOfMessage(
  world: World,
  name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  message: FakeMessage,
): void {
  if (message.ephemeralFor !== undefined) return world.changed();
  const channel = world.channel(message.channelId);
  world.emit({
    name,
    guildId: channel.guildId,
    intents: channel.guildId ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages,
    data: (viewer) => messageEventPayload(world, message, viewer),
    channelId: channel.id,
  });
}

export function removeMessage(world: World, message: FakeMessage): void {
  message.isDeleted = true;
  if (message.ephemeralFor !== undefined) return world.changed();
  const channel = world.channel(message.channelId);
  const { guildId } = channel;
  world.emit({
    name: 'MESSAGE_DELETE',
    guildId,
    channelId: channel.id,
    intents: guildId ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages,
    data: () => ({
      id: message.id,
      channel_id: channel.id,
      ...(guildId !== undefined && { guild_id: guildId }),
    }),
  });
}

export function react(
  world: World,
  message: FakeMessage,
  user: FakeUser,
  emoji: string,
  isAdded: boolean,
): void {
  const channel = world.channel(message.channelId);
  if (channel.thread?.archived) throw failure(50_083);
  const users = message.reactions.get(emoji) ?? new Set();
  if (users.has(user.id) === isAdded) return;
  message.reactions.set(emoji, users);
  if (isAdded) users.add(user.id);
  else users.delete(user.id);
  if (users.size === 0) message.reactions.delete(emoji);
  const guild = world.guildOf(channel);
  const member = guild?.members.get(user.id);
  world.emit({
    name: isAdded ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    guildId: guild?.id,
    channelId: channel.id,
    intents: guild
      ? GatewayIntentBits.GuildMessageReactions
      : GatewayIntentBits.DirectMessageReactions,
    data: () => ({
      user_id: user.id,
      channel_id: channel.id,
      message_id: message.id,
      message_author_id: message.author.id,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...(guild && { guild_id: guild.id }),
      ...(guild &&
        member &&
        isAdded && { member: { user: userPayload(user), roles: member.roleIds } }),
    }),
  });
}

/** Who is called by name in a text: ids of people, and `everyone`. */
export function mentionsIn(text: string): Set<string> {
  const found = new Set([...text.matchAll(/<@[!&]?(\d+)>/g)].map(([, id]) => id ?? ''));
  if (/@(?:everyone|here)\b/.test(text)) found.add('everyone');
  return found;
}
