import { KIND_NAMES, mayHear } from './scopes.ts';
import { messageJson } from './shapes.ts';
import type { Channel, Json, Message } from './types.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** Tells the app, if it wants to know and may. */
export function tell(world: World, workspace: Workspace, name: string, event: Json): void {
  if (!world.app.events.has(name) || !mayHear(workspace, name) || workspace.isRevoked) return;
  world.dispatcher.event(workspace, event);
}

/** An event of a channel reaches the app where the bot is a member. */
function tellIn(world: World, workspace: Workspace, channel: Channel, event: Json): void {
  if (!channel.members.has(workspace.botUser.id)) return;
  const name = event['type'] === 'message' ? `message.${KIND_NAMES[channel.kind]}` : undefined;
  tell(world, workspace, name ?? String(event['type']), event);
}

const channelOf = (workspace: Workspace, { channel }: Message): Channel => {
  const known = workspace.channels.get(channel);
  if (!known) throw new Error(`There is no channel ${channel}.`);
  return known;
};

/** A message that is new, as `message` and, where it mentions the bot, as `app_mention`. */
export function tellMessage(
  world: World,
  workspace: Workspace,
  message: Message,
  isMentionFirst = false,
): void {
  const channel = channelOf(workspace, message);
  const place = { channel: channel.id, event_ts: message.ts };
  const plain = messageJson(world, workspace, message, { withMetadata: true });
  const mentions = message.text.includes(`<@${workspace.botUser.id}>`) && !message.isFromApp;
  const { subtype: _subtype, ...mention } = plain;
  const events: Json[] = [{ ...plain, ...place, channel_type: channel.kind }];
  if (mentions && channel.kind !== 'im') events.push({ ...mention, ...place, type: 'app_mention' });
  if (isMentionFirst) events.reverse();
  for (const event of events) tellIn(world, workspace, channel, event);
}

export function tellChanged(
  world: World,
  workspace: Workspace,
  message: Message,
  before: Json,
): void {
  const channel = channelOf(workspace, message);
  const ts = workspace.stamp();
  tellIn(world, workspace, channel, {
    type: 'message',
    subtype: 'message_changed',
    message: messageJson(world, workspace, message),
    previous_message: before,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: channel.kind,
  });
}

export function tellDeleted(
  world: World,
  workspace: Workspace,
  message: Message,
  before: Json,
): void {
  const channel = channelOf(workspace, message);
  const ts = workspace.stamp();
  tellIn(world, workspace, channel, {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: before,
    deleted_ts: message.ts,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: channel.kind,
  });
}

export function tellReaction(
  world: World,
  workspace: Workspace,
  message: Message,
  reaction: { readonly name: string; readonly user: string; readonly isAdded: boolean },
): void {
  tellIn(world, workspace, channelOf(workspace, message), {
    type: reaction.isAdded ? 'reaction_added' : 'reaction_removed',
    user: reaction.user,
    reaction: reaction.name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    item_user: message.user,
    event_ts: workspace.stamp(),
  });
}
