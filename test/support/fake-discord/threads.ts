import { MessageFlags, MessageType, type ChannelType } from 'discord.js';

import { failure } from './api-error.ts';
import { tellOfChannel } from './channels.ts';
import { addMessage, tellOfMessage } from './messages.ts';
import type { FakeChannel, FakeMessage, FakeUser } from './records.ts';
import type { World } from './world.ts';

interface NewThread {
  readonly name: string;
  readonly autoArchiveMinutes: number;
  readonly type: ChannelType;
  readonly owner: FakeUser;
}

/** Opens a thread in a channel; with a message it belongs to that one, and has its id. */
export function openThread(
  world: World,
  parent: FakeChannel,
  { name, autoArchiveMinutes, type, owner }: NewThread,
  starter?: FakeMessage,
): FakeChannel {
  if (starter && world.channels.has(starter.id)) throw failure(160_004);
  const open = [...world.channels.values()].filter(
    (channel) => channel.guildId === parent.guildId && channel.thread?.archived === false,
  );
  if (open.length >= world.limits.activeThreads) throw failure(160_006);
  const now = world.clock.now();
  const thread = world.addChannel({
    ...(starter && { id: starter.id }),
    type,
    name,
    ...(parent.guildId !== undefined && { guildId: parent.guildId }),
    parentId: parent.id,
    ownerId: owner.id,
    thread: { archived: false, locked: false, autoArchiveMinutes, archivedAt: now, createdAt: now },
  });
  tellOfChannel(world, 'THREAD_CREATE', thread, { newly_created: true });
  if (starter) {
    starter.threadId = thread.id;
    starter.flags |= MessageFlags.HasThread;
    tellOfMessage(world, 'MESSAGE_UPDATE', starter);
    addMessage(world, thread, {
      author: starter.author,
      type: MessageType.ThreadStarterMessage,
      repliedTo: starter.id,
    });
  }
  return thread;
}
