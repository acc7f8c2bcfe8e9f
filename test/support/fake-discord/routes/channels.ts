import { ChannelType } from 'discord.js';
import { z } from 'zod';

import { failure, invalidForm } from '../api-error.ts';
import { changeThread, removeChannel } from '../channels.ts';
import { channelPayload } from '../payloads/places.ts';
import { botChannel } from '../permissions.ts';
import { openThread } from '../threads.ts';
import type { World } from '../world.ts';
import { param, type RestCall, type Route } from './route.ts';

const minutes = z.union([z.literal(60), z.literal(1_440), z.literal(4_320), z.literal(10_080)]);
const name = z.string().min(1).max(100);
const NewThread = z.strictObject({
  name,
  auto_archive_duration: minutes.optional(),
  type: z.int().optional(),
  invitable: z.boolean().optional(),
  rate_limit_per_user: z.int().nullish(),
});
const ChangedThread = z.strictObject({
  name: name.optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: minutes.optional(),
  invitable: z.boolean().optional(),
  rate_limit_per_user: z.int().nullish(),
  flags: z.int().optional(),
});
const DAY_MINUTES = 1_440;

export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    needs: 'token',
    answer: (world, call) => channelPayload(world, botChannel(world, param(call, 'channel'))),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel',
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'));
      const { name: title, archived, locked, auto_archive_duration } = read(ChangedThread, call);
      if (!channel.thread) throw failure(50_024);
      const isOwn = channel.ownerId === world.bot.id;
      const opensOnly = archived === false && locked === undefined && title === undefined;
      if (channel.thread.locked || !(isOwn || opensOnly)) {
        botChannel(world, channel.id, 'ManageThreads');
      }
      if (opensOnly) botChannel(world, channel.id, 'SendMessages');
      else if (channel.thread.archived && archived !== false) throw failure(50_083);
      if (locked !== undefined) botChannel(world, channel.id, 'ManageThreads');
      if (title !== undefined) channel.name = title;
      changeThread(world, channel, {
        ...(archived !== undefined && { archived }),
        ...(locked !== undefined && { locked }),
        ...(auto_archive_duration !== undefined && { autoArchiveMinutes: auto_archive_duration }),
      });
      return channelPayload(world, channel);
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel',
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'));
      if (channel.guildId) {
        botChannel(world, channel.id, channel.thread ? 'ManageThreads' : 'ManageChannels');
      }
      removeChannel(world, channel);
      return channelPayload(world, channel);
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/typing',
    needs: 'token',
    answer: (world, call) => void botChannel(world, param(call, 'channel'), 'SendMessages'),
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages/:message/threads',
    needs: 'token',
    status: 201,
    answer: (world, call) => {
      const parent = botChannel(world, param(call, 'channel'), 'CreatePublicThreads');
      const thread = read(NewThread, call);
      if (!THREADED.has(parent.type)) throw failure(50_024);
      const starter = world.message(parent.id, param(call, 'message'));
      return channelPayload(
        world,
        openThread(
          world,
          parent,
          { ...facts(world, thread), type: ChannelType.PublicThread },
          starter,
        ),
      );
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/threads',
    needs: 'token',
    status: 201,
    answer: (world, call) => {
      const thread = read(NewThread, call);
      const isPublic = thread.type === ChannelType.PublicThread;
      const parent = botChannel(
        world,
        param(call, 'channel'),
        isPublic ? 'CreatePublicThreads' : 'CreatePrivateThreads',
      );
      if (!THREADED.has(parent.type)) throw failure(50_024);
      const type = isPublic ? ChannelType.PublicThread : ChannelType.PrivateThread;
      return channelPayload(world, openThread(world, parent, { ...facts(world, thread), type }));
    },
  },
  {
    method: 'PUT',
    path: '/channels/:channel/thread-members/:user',
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'), 'SendMessages');
      if (!channel.thread) throw failure(50_024);
      if (channel.thread.archived) throw failure(50_083);
    },
  },
];

const THREADED = new Set<ChannelType>([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

const facts = (world: World, thread: z.infer<typeof NewThread>) => ({
  name: thread.name,
  autoArchiveMinutes: thread.auto_archive_duration ?? DAY_MINUTES,
  owner: world.bot,
});

function read<Shape extends z.ZodType>(shape: Shape, { body }: RestCall): z.infer<Shape> {
  const parsed = shape.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidForm(issue?.path.join('.') ?? '', 'BASE_TYPE_INVALID', issue?.message ?? '');
}
