import { ChannelType } from 'discord.js';

import type { Place } from '../../store/records.ts';

/** `place.platform` of all that happens on Discord. */
export const PLATFORM = 'discord';

/** What is to be known of a channel to say where something happens. */
export interface ChannelFacts {
  readonly id: string;
  readonly guildId?: string;
  /** Of a thread: the channel that it belongs to. */
  readonly parentId?: string;
  /** `room`: a channel whose messages can have no threads, such as that of a voice channel. */
  readonly kind: 'direct' | 'thread' | 'channel' | 'room';
}

/** A channel as events and answers name it. */
export interface ChannelPayload {
  readonly id: string;
  readonly type: ChannelType;
  readonly guild_id?: string | undefined;
  readonly parent_id?: string | null | undefined;
}

export function factsOf({ id, type, guild_id, parent_id }: ChannelPayload): ChannelFacts {
  const kind = KINDS.get(type) ?? 'room';
  return {
    id,
    kind,
    ...(guild_id !== undefined && { guildId: guild_id }),
    ...(kind === 'thread' && typeof parent_id === 'string' && { parentId: parent_id }),
  };
}

/** Kinds of channels; all others are rooms. */
const KINDS: ReadonlyMap<ChannelType, ChannelFacts['kind']> = new Map([
  [ChannelType.DM, 'direct'],
  [ChannelType.GroupDM, 'direct'],
  [ChannelType.PublicThread, 'thread'],
  [ChannelType.PrivateThread, 'thread'],
  [ChannelType.AnnouncementThread, 'thread'],
  [ChannelType.GuildText, 'channel'],
  [ChannelType.GuildAnnouncement, 'channel'],
]);

/** Where it is. A room is its own thread: a conversation there takes place right there. */
export function placeOf({ id, guildId, parentId, kind }: ChannelFacts): Place {
  const base = { platform: PLATFORM, ...(guildId !== undefined && { workspace: guildId }) };
  switch (kind) {
    case 'direct':
    case 'channel':
      return { ...base, channel: id };
    case 'room':
      return { ...base, channel: id, thread: id };
    case 'thread':
      return { ...base, channel: parentId ?? id, thread: id };
  }
  return kind satisfies never;
}

/** The id of the channel that messages of a place are written to. */
export const channelIn = ({ channel, thread }: Place): string => thread ?? channel;

const PRIVATE = 'private-';

/**
 * The place of a conversation that has no messages of the bot's own: it can only answer interactions there,
 * the first of which names it.
 */
export function privatePlace(facts: ChannelFacts, interactionId: string): Place {
  const { platform, workspace, channel } = placeOf(facts);
  const thread = `${PRIVATE}${interactionId}`;
  return { platform, channel, thread, ...(workspace !== undefined && { workspace }) };
}

/** What names a private place; undefined of any other. */
export function rootOf({ thread }: Pick<Place, 'thread'>): string | undefined {
  return thread?.startsWith(PRIVATE) ? thread.slice(PRIVATE.length) : undefined;
}

/** Milliseconds from the Unix epoch to that of Discord's ids. */
const EPOCH_MS = 1_420_070_400_000;

/** When something was made, by its id: milliseconds since the epoch. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + EPOCH_MS;

/** The least id of what was made at a time or later. */
export const idAt = (time: number): string =>
  String(BigInt(Math.max(0, Math.trunc(time) - EPOCH_MS)) << 22n);
