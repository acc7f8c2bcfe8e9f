import type { Args } from '../args.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { demandScope, KIND_NAMES } from '../scopes.ts';
import type { Channel, Json, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { World } from '../world.ts';

export interface ApiCall {
  readonly world: World;
  readonly workspace: Workspace;
  readonly args: Args;
}

/** A method: its answer without `ok`, or a Refusal thrown. */
export type Handler = (call: ApiCall) => Json;

export type Methods = Readonly<Record<string, Handler>>;

/**
 * The channel that is meant, whoever is in it.
 * @throws {Refusal}
 */
export function channelOf({ workspace, args }: ApiCall, name = 'channel'): Channel {
  const id = args.text(name);
  if (workspace.users.has(id)) return workspace.directChannel(id);
  const channel = workspace.channels.get(id);
  // A private channel does not exist for those who are not in it.
  const isSeen = channel?.kind === 'channel' || channel?.members.has(workspace.botUser.id);
  if (!channel || channel.isGone || !isSeen) throw new Refusal('channel_not_found');
  return channel;
}

/** @throws {Refusal} Unless the bot may write there. */
export function demandWritable({ workspace }: ApiCall, channel: Channel): void {
  refuseUnless(channel.members.has(workspace.botUser.id), 'not_in_channel');
  refuseUnless(!channel.isArchived, 'is_archived');
}

/** @throws {Refusal} Unless the bot may read there. */
export function demandReadable({ workspace }: ApiCall, channel: Channel): void {
  demandScope(workspace, `${KIND_NAMES[channel.kind]}:history`);
  refuseUnless(channel.members.has(workspace.botUser.id), 'not_in_channel');
}

/** @throws {Refusal} Unless there is such a message that everybody sees. */
export function messageOf(call: ApiCall, channel: Channel, name = 'ts'): Message {
  const message = call.workspace.findMessage(channel, call.args.text(name));
  if (!message || message.onlyFor !== undefined) throw new Refusal('message_not_found');
  return message;
}
