import { ChannelType, OverwriteType } from 'discord.js';

import { isThread } from '../permissions.ts';
import type { FakeChannel, FakeGuild } from '../records.ts';
import type { World } from '../world.ts';
import { createdAt, iso, memberPayload, rolePayload, userPayload } from './people.ts';

export function channelPayload(world: World, channel: FakeChannel): object {
  const { id, type, name, guildId, parentId, ownerId, overwrites, nsfw, thread } = channel;
  const last = world.messagesIn(id).at(-1)?.id ?? null;
  if (!guildId) {
    const others = channel.recipients.filter(({ isBot }) => !isBot);
    const group = { name: null, icon: null, owner_id: ownerId };
    return {
      id,
      type,
      last_message_id: last,
      flags: 0,
      recipients: others.map(userPayload),
      ...(type === ChannelType.GroupDM && group),
    };
  }
  const common = {
    id,
    type,
    name,
    guild_id: guildId,
    parent_id: parentId ?? null,
    last_message_id: last,
    rate_limit_per_user: 0,
    flags: 0,
  };
  if (thread) {
    const count = world.messagesIn(id).length;
    return {
      ...common,
      owner_id: ownerId,
      message_count: count,
      total_message_sent: count,
      member_count: 1,
      thread_metadata: {
        archived: thread.archived,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: iso(thread.archivedAt),
        locked: thread.locked,
        create_timestamp: iso(thread.createdAt),
      },
    };
  }
  return {
    ...common,
    topic: null,
    nsfw,
    position: 0,
    permission_overwrites: [...overwrites.values()].map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type === 'role' ? OverwriteType.Role : OverwriteType.Member,
      allow: String(overwrite.allow),
      deny: String(overwrite.deny),
    })),
  };
}

export function guildPayload(guild: FakeGuild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    banner: null,
    description: null,
    discovery_splash: null,
    features: [],
    emojis: [],
    stickers: [],
    roles: guild.roles.map(rolePayload),
    owner_id: guild.ownerId,
    application_id: null,
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    incidents_data: null,
  };
}

/** A guild as a session first hears of it, with what the bot may see in it. */
export function guildCreatePayload(
  world: World,
  guild: FakeGuild,
  sees: (channel: FakeChannel) => boolean,
): object {
  const channels = [...world.channels.values()].filter(
    (channel) => channel.guildId === guild.id && !channel.isDeleted,
  );
  const threads = channels.filter(
    (channel) => isThread(channel) && channel.thread?.archived === false && sees(channel),
  );
  const bot = guild.members.get(world.bot.id);
  return {
    ...guildPayload(guild),
    joined_at: createdAt(guild.id),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    // Without the intent for members only the bot's own is told.
    members: bot ? [memberPayload(bot)] : [],
    channels: channels
      .filter((channel) => !isThread(channel))
      .map((channel) => channelPayload(world, channel)),
    threads: threads.map((thread) => channelPayload(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
