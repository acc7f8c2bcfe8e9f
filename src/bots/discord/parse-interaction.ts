import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIAttachment,
  type APIInteraction,
} from 'discord.js';

import type { Place } from '../../store/records.ts';
import { plainLine } from '../plain-text.ts';
import type { Author } from '../types.ts';
import { contextOf } from './parse-message.ts';
import { factsOf, PLATFORM, placeOf, privatePlace, timeOf, type ChannelFacts } from './places.ts';

/** What all interactions tell of who did what where. */
export interface Setting {
  readonly channel: ChannelFacts;
  readonly place: Place;
  /** Only the interaction can be answered there; the bot has no messages of its own. */
  readonly isPrivate: boolean;
  readonly isDirect: boolean;
}

/** An interaction that somebody made in a channel: all but pings. */
export type UserInteraction = Extract<APIInteraction, { data: unknown }>;

/** What is known beside what the interaction tells. */
export interface Known {
  readonly channel?: ChannelFacts | undefined;
}

/**
 * @param wantsPrivate Somebody wants that nobody else sees it.
 * @param root Of an interaction with a message in a private place: what names that.
 */
export function settingOf(
  interaction: UserInteraction,
  known: Known,
  {
    wantsPrivate = false,
    root,
  }: { readonly wantsPrivate?: boolean; readonly root?: string | undefined } = {},
): Setting {
  const { guild_id: guildId, context } = interaction;
  const channel = known.channel ?? channelOf(interaction);
  const isPrivate =
    wantsPrivate ||
    root !== undefined ||
    context === InteractionContextType.PrivateChannel ||
    (guildId !== undefined && isOfPersonAlone(interaction));
  return {
    channel,
    isPrivate,
    place: isPrivate ? privatePlace(channel, root ?? interaction.id) : placeOf(channel),
    isDirect: channel.kind === 'direct',
  };
}

function channelOf({ channel, channel_id, guild_id: guildId }: UserInteraction): ChannelFacts {
  const id = channel_id ?? channel?.id ?? '0';
  const parent = channel && 'parent_id' in channel ? channel.parent_id : undefined;
  const facts = channel
    ? factsOf({ ...channel, id, parent_id: parent })
    : unknownChannel(id, guildId);
  return { ...facts, ...(guildId !== undefined && { guildId }) };
}

function unknownChannel(id: string, guildId: string | undefined): ChannelFacts {
  return { id, kind: guildId === undefined ? 'direct' : 'channel' };
}

/** A person brought the bot to a guild that it is not in. */
function isOfPersonAlone({ authorizing_integration_owners: owners }: UserInteraction): boolean {
  // Some servers that speak the protocol do not tell.
  return (
    (owners as typeof owners | undefined) !== undefined &&
    owners[ApplicationIntegrationType.GuildInstall] === undefined &&
    owners[ApplicationIntegrationType.UserInstall] !== undefined
  );
}

/** What every kind of incoming has in common. */
export function arrivalOf(interaction: UserInteraction, { place }: Pick<Setting, 'place'>) {
  const { id, attachment_size_limit: maxFileBytes } = interaction;
  return {
    key: `${PLATFORM}:i${id}`,
    place,
    author: authorOf(interaction),
    sentAt: timeOf(id),
    context: contextOf({ maxFileBytes }, { interaction: id }),
  };
}

function authorOf({ member, user, ...interaction }: UserInteraction): Author {
  const person = member?.user ?? user;
  const permissions = BigInt(member?.permissions ?? '0');
  return {
    id: person?.id ?? '0',
    name: plainLine(member?.nick ?? person?.global_name ?? person?.username ?? ''),
    isBot: false,
    ...('locale' in interaction && { locale: interaction.locale }),
    roles: member?.roles ?? [],
    isAdmin: isAdminBy(permissions),
  };
}

/** Whether somebody with these permissions runs the guild. */
export function isAdminBy(permissions: bigint): boolean {
  const running = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;
  return (permissions & running) !== 0n;
}

/** Files by their ids, in the order of the ids. */
export function filesAmong(
  ids: readonly (string | undefined)[],
  resolved: { readonly attachments?: Record<string, APIAttachment> | undefined } | undefined,
): APIAttachment[] {
  return ids.flatMap((id) => {
    const file = id === undefined ? undefined : resolved?.attachments?.[id];
    return file ? [file] : [];
  });
}
