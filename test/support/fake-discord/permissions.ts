import { ChannelType, PermissionFlagsBits } from 'discord.js';

import { failure } from './api-error.ts';
import type { FakeChannel, FakeUser } from './records.ts';
import type { World } from './world.ts';

export type PermissionName = keyof typeof PermissionFlagsBits;

const bits = (...names: readonly PermissionName[]): bigint =>
  names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);

/** What everyone may do in a guild until it is changed. */
export const EVERYONE = bits(
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseApplicationCommands',
);
const ALL = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);
const DIRECT = EVERYONE;
/** What is of no use to those who can't write. */
const NEEDS_SENDING = bits('EmbedLinks', 'AttachFiles', 'MentionEveryone');

export const isThread = ({ type }: FakeChannel): boolean =>
  type === ChannelType.PublicThread ||
  type === ChannelType.PrivateThread ||
  type === ChannelType.AnnouncementThread;

/** The permissions of somebody in a channel; those of a thread are its channel's. */
export function permissionsIn(world: World, channel: FakeChannel, user: FakeUser): bigint {
  const guild = world.guildOf(channel);
  if (!guild) return channel.recipients.includes(user) ? DIRECT : 0n;
  const member = guild.members.get(user.id);
  if (!member) return 0n;
  if (guild.ownerId === user.id) return ALL;
  const roles = guild.roles.filter(({ id }) => id === guild.id || member.roleIds.includes(id));
  let granted = roles.reduce((sum, { permissions }) => sum | permissions, 0n);
  if (granted & PermissionFlagsBits.Administrator) return ALL;
  const { overwrites } =
    isThread(channel) && channel.parentId !== undefined ? world.channel(channel.parentId) : channel;
  const everyone = overwrites.get(guild.id);
  if (everyone) granted = (granted & ~everyone.deny) | everyone.allow;
  const ofRoles = roles.flatMap(({ id }) => (id === guild.id ? [] : (overwrites.get(id) ?? [])));
  for (const { deny } of ofRoles) granted &= ~deny;
  for (const { allow } of ofRoles) granted |= allow;
  const own = overwrites.get(user.id);
  if (own) granted = (granted & ~own.deny) | own.allow;
  if (!(granted & PermissionFlagsBits.ViewChannel)) return 0n;
  const sending = isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
  return granted & PermissionFlagsBits[sending] ? granted : granted & ~NEEDS_SENDING;
}

/** The channel, where the bot may do all that. */
export function botChannel(world: World, id: string, ...names: readonly PermissionName[]) {
  const channel = world.channel(id);
  const granted = permissionsIn(world, channel, world.bot);
  if (!(granted & PermissionFlagsBits.ViewChannel)) throw failure(50_001);
  for (const name of names) {
    const needed = name === 'SendMessages' && isThread(channel) ? 'SendMessagesInThreads' : name;
    if (!(granted & PermissionFlagsBits[needed])) throw failure(50_013);
  }
  return channel;
}
