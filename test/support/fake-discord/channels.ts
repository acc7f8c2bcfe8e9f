import { GatewayIntentBits } from 'discord.js';

import { failure } from './api-error.ts';
import { channelPayload } from './payloads/places.ts';
import type { FakeChannel, ThreadState } from './records.ts';
import type { World } from './world.ts';

export function changeThread(
  world: World,
  channel: FakeChannel,
  change: Partial<Pick<ThreadState, 'archived' | 'locked' | 'autoArchiveMinutes'>>,
): void {
  if (!channel.thread) throw failure(50_024);
  if (change.archived !== undefined && change.archived !== channel.thread.archived) {
    channel.thread.archivedAt = world.clock.now();
  }
  Object.assign(channel.thread, change);
  tellOfChannel(world, 'THREAD_UPDATE', channel);
}

export function removeChannel(world: World, channel: FakeChannel): void {
  channel.isDeleted = true;
  const isThread = channel.thread !== undefined;
  const { id, guildId, parentId, type } = channel;
  const whole = { id, guild_id: guildId, parent_id: parentId, type };
  world.emit({
    name: isThread ? 'THREAD_DELETE' : 'CHANNEL_DELETE',
    guildId,
    intents: GatewayIntentBits.Guilds,
    data: () => (isThread ? whole : channelPayload(world, channel)),
  });
  for (const thread of world.channels.values()) {
    if (thread.parentId === id) thread.isDeleted = true;
  }
}

export function tellOfChannel(
  world: World,
  name: string,
  channel: FakeChannel,
  more: object = {},
): void {
  world.emit({
    name,
    guildId: channel.guildId,
    intents: GatewayIntentBits.Guilds,
    channelId: channel.id,
    data: () => ({ ...channelPayload(world, channel), ...more }),
  });
}
