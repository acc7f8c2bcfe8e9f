import { GuildPremiumTier, PermissionFlagsBits, type Client } from 'discord.js';

import type { Surroundings } from './parse-message.ts';
import { isAdminBy } from './parse-interaction.ts';
import type { Granted } from './permissions.ts';
import { factsOf, type ChannelFacts } from './places.ts';

const MIB = 2 ** 20;

/** Bytes that a file may have, by how much a server is supported. */
const FILE_BYTES: Readonly<Record<GuildPremiumTier, number>> = {
  [GuildPremiumTier.None]: 10 * MIB,
  [GuildPremiumTier.Tier1]: 10 * MIB,
  [GuildPremiumTier.Tier2]: 50 * MIB,
  [GuildPremiumTier.Tier3]: 100 * MIB,
};

/** What the client knows of servers and their channels, as plain data. */
export class Landscape {
  readonly #client: () => Client | undefined;

  constructor(client: () => Client | undefined) {
    this.#client = client;
  }

  channel(id: string): ChannelFacts | undefined {
    const channel = this.#client()?.channels.cache.get(id);
    if (!channel) return undefined;
    const { type } = channel;
    const guildId = 'guildId' in channel ? channel.guildId : undefined;
    const parentId = 'parentId' in channel ? channel.parentId : undefined;
    return factsOf({ id, type, guild_id: guildId, parent_id: parentId });
  }

  /** The last message that is known to be in a channel. */
  lastMessageIn(channelId: string): string | undefined {
    const channel = this.#client()?.channels.cache.get(channelId);
    return channel && 'lastMessageId' in channel ? (channel.lastMessageId ?? undefined) : undefined;
  }

  known(guildId: string | undefined): Pick<Surroundings, 'botId' | 'botRoleId' | 'names'> {
    const client = this.#client();
    const guild = guildId === undefined ? undefined : client?.guilds.cache.get(guildId);
    const botId = client?.user?.id ?? '0';
    const role = guild?.roles.cache.find(({ tags }) => tags?.botId === botId);
    return {
      botId,
      ...(role && { botRoleId: role.id }),
      names: {
        role: (id) => guild?.roles.cache.get(id)?.name,
        channel: (id) => {
          const channel = guild?.channels.cache.get(id);
          return channel?.name;
        },
      },
    };
  }

  around(channel: ChannelFacts): Surroundings {
    const { guildId } = channel;
    const guild = guildId === undefined ? undefined : this.#client()?.guilds.cache.get(guildId);
    return {
      ...this.known(guildId),
      channel,
      ...(guild && {
        locale: guild.preferredLocale,
        maxFileBytes: FILE_BYTES[guild.premiumTier],
      }),
      isAdmin: (userId, roleIds) => {
        if (!guild) return false;
        const roles = [guild.id, ...roleIds].map((id) => guild.roles.cache.get(id));
        const permissions = roles.reduce(
          (sum, role) => sum | (role?.permissions.bitfield ?? 0n),
          0n,
        );
        return guild.ownerId === userId || isAdminBy(permissions);
      },
    };
  }

  readonly granted: Granted = (channelId) => {
    const channel = this.#client()?.channels.cache.get(channelId);
    const me = channel && 'guild' in channel ? channel.guild.members.me : undefined;
    const permissions =
      channel && 'permissionsFor' in channel && me ? channel.permissionsFor(me) : undefined;
    return permissions && { has: (name) => permissions.has(PermissionFlagsBits[name]) };
  };

  /** Which shard hears of a place, of as many. */
  get shardCount(): number {
    return this.#client()?.options.shardCount ?? 1;
  }
}
