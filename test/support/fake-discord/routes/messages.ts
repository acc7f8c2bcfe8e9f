import { PermissionFlagsBits } from 'discord.js';

import { failure } from '../api-error.ts';
import { changeBotMessage, postBotMessage, readBotMessage } from '../bot-messages.ts';
import { react, removeMessage } from '../messages.ts';
import { messagePayload } from '../payloads/message.ts';
import { botChannel, isThread, permissionsIn } from '../permissions.ts';
import type { FakeChannel, FakeMessage } from '../records.ts';
import { timeOf } from '../snowflakes.ts';
import type { World } from '../world.ts';
import { param, type RestCall, type Route } from './route.ts';

const HOUR_MS = 3_600_000;
const PATH = '/channels/:channel/messages';

const shown = (world: World, message: FakeMessage) =>
  messagePayload(world, message, { readsContent: world.readsContent });

export const messageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: PATH,
    needs: 'token',
    answer: async (world, call) => {
      const channel = botChannel(world, param(call, 'channel'), 'SendMessages');
      if (call.files.length > 0) botChannel(world, channel.id, 'AttachFiles');
      expectWritable(world, channel);
      if (channel.recipients.some(({ isClosed }) => isClosed)) throw failure(50_007);
      const message = await readBotMessage(world, channel, call);
      if (message.body.message_reference?.message_id !== undefined) {
        const granted = permissionsIn(world, channel, world.bot);
        if (!(granted & PermissionFlagsBits.ReadMessageHistory)) throw failure(160_002);
      }
      return shown(world, postBotMessage(world, channel, message));
    },
  },
  {
    method: 'GET',
    path: PATH,
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'));
      const granted = permissionsIn(world, channel, world.bot);
      // Who may not look back is told of nothing.
      if (!(granted & PermissionFlagsBits.ReadMessageHistory)) return [];
      return slice(world, channel, call).map((message) => shown(world, message));
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:message`,
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'), 'ReadMessageHistory');
      return shown(world, world.message(channel.id, param(call, 'message')));
    },
  },
  {
    method: 'PATCH',
    path: `${PATH}/:message`,
    needs: 'token',
    answer: async (world, call) => {
      const channel = botChannel(world, param(call, 'channel'));
      const message = world.message(channel.id, param(call, 'message'));
      if (message.author !== world.bot) throw failure(50_005);
      if (call.files.length > 0) botChannel(world, channel.id, 'AttachFiles');
      expectOpen(channel);
      expectEditable(world, message);
      return shown(world, await changeBotMessage(world, channel, message, call));
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:message`,
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'));
      const message = world.message(channel.id, param(call, 'message'));
      if (message.author !== world.bot) botChannel(world, channel.id, 'ManageMessages');
      expectOpen(channel);
      removeMessage(world, message);
    },
  },
  ...(['PUT', 'DELETE'] as const).map((method): Route => ({
    method,
    path: `${PATH}/:message/reactions/:emoji/@me`,
    needs: 'token',
    answer: (world, call) => {
      const channel = botChannel(world, param(call, 'channel'), 'ReadMessageHistory');
      if (method === 'PUT') botChannel(world, channel.id, 'AddReactions');
      const message = world.message(channel.id, param(call, 'message'));
      react(world, message, world.bot, param(call, 'emoji'), method === 'PUT');
    },
  })),
];

/** Messages before, after or around one, the newest first. */
function slice(world: World, channel: FakeChannel, { query }: RestCall): FakeMessage[] {
  const limit = Math.min(100, Number(query.get('limit') ?? 50));
  const all = world.messagesIn(channel.id).filter(({ ephemeralFor }) => ephemeralFor === undefined);
  const bound = (name: string) => {
    const value = query.get(name);
    return value === null ? undefined : BigInt(value);
  };
  const before = bound('before');
  const after = bound('after');
  const around = bound('around');
  if (after !== undefined) {
    return all
      .filter(({ id }) => BigInt(id) > after)
      .slice(0, limit)
      .toReversed();
  }
  if (around !== undefined) {
    const middle = all.findIndex(({ id }) => BigInt(id) >= around);
    return all.slice(Math.max(0, middle - Math.floor(limit / 2)), middle + limit / 2).toReversed();
  }
  return all
    .filter(({ id }) => before === undefined || BigInt(id) < before)
    .slice(-limit)
    .toReversed();
}

/** An archived thread is opened by writing in it; one that is locked only by who may manage it. */
function expectWritable(world: World, channel: FakeChannel): void {
  if (!isThread(channel) || !channel.thread?.locked) return;
  const granted = permissionsIn(world, channel, world.bot);
  if (!(granted & PermissionFlagsBits.ManageThreads)) throw failure(160_005);
}

function expectOpen(channel: FakeChannel): void {
  if (channel.thread?.archived) throw failure(50_083);
}

function expectEditable(world: World, message: FakeMessage): void {
  const { oldMessageMs, oldMessageEdits } = world.limits;
  const now = world.clock.now();
  if (now - timeOf(message.id) < oldMessageMs) return;
  const edits = (world.oldEdits.get(message.channelId) ?? []).filter((at) => now - at < HOUR_MS);
  if (edits.length >= oldMessageEdits) throw failure(30_046, { 'retry-after': '1' });
  world.oldEdits.set(message.channelId, [...edits, now]);
}
