import { z } from 'zod';

import { checkBlocks } from '../blocks.ts';
import { tellChanged, tellDeleted, tellMessage } from '../events.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { messageJson, repliesTo } from '../shapes.ts';
import type { Channel, Json, Message } from '../types.ts';
import { channelOf, demandWritable, messageOf, type ApiCall, type Methods } from './handler.ts';

/** Longer texts of posts are cut off by Slack; here they are refused. */
const MAX_POST_CHARACTERS = 40_000;
const MAX_UPDATE_CHARACTERS = 4_000;
const MAX_METADATA_CHARACTERS = 8_000;

const METADATA = z.strictObject({
  event_type: z
    .string()
    .max(255)
    .regex(/^[a-z][\w.-]*$/i),
  event_payload: z.record(z.string(), z.unknown()),
});

export const CHAT: Methods = {
  'chat.postMessage': (call) => {
    const { world, workspace, args } = call;
    const channel = channelOf(call);
    demandWritable(call, channel);
    const content = contentOf(call, MAX_POST_CHARACTERS);
    const threadTs = threadOf(call, channel);
    const message = workspace.addMessage({
      channel: channel.id,
      user: workspace.botUser.id,
      isFromApp: true,
      files: [],
      ...content,
      ...(threadTs !== undefined && { threadTs }),
    });
    // What the agent says it is doing ends with what it says.
    channel.statuses.delete(threadTs ?? '');
    tellMessage(world, workspace, message);
    refuseUnless(!args.flag('reply_broadcast'), 'not_supported_by_the_fake');
    return {
      channel: channel.id,
      ts: message.ts,
      message: messageJson(world, workspace, message, { withMetadata: true }),
    };
  },

  'chat.update': (call) => {
    const { world, workspace, args } = call;
    const channel = channelOf(call);
    const message = messageOf(call, channel);
    refuseUnless(message.isFromApp, 'cant_update_message');
    demandWritable(call, channel);
    const before = messageJson(world, workspace, message);
    const { text, blocks, metadata } = contentOf(call, MAX_UPDATE_CHARACTERS);
    message.text = text;
    // Blocks that are not named stay only where no text is given.
    if (blocks) message.blocks = blocks;
    else if (args.has('text')) delete message.blocks;
    if (metadata) message.metadata = metadata;
    message.editedTs = workspace.stamp();
    tellChanged(world, workspace, message, before);
    return {
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: messageJson(world, workspace, message, { withMetadata: true }),
    };
  },

  'chat.delete': (call) => {
    const channel = channelOf(call);
    const message = messageOf(call, channel);
    refuseUnless(message.isFromApp, 'cant_delete_message');
    deleteMessage(call, message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.postEphemeral': (call) => {
    const { workspace, args } = call;
    const channel = channelOf(call);
    demandWritable(call, channel);
    const user = args.text('user');
    refuseUnless(channel.members.has(user), 'user_not_in_channel');
    const threadTs = threadOf(call, channel);
    const message = workspace.addMessage({
      channel: channel.id,
      user: workspace.botUser.id,
      isFromApp: true,
      files: [],
      onlyFor: user,
      ...contentOf(call, MAX_POST_CHARACTERS),
      ...(threadTs !== undefined && { threadTs }),
    });
    return { message_ts: message.ts };
  },

  'chat.getPermalink': (call) => {
    const channel = channelOf(call);
    const { ts } = messageOf(call, channel, 'message_ts');
    const { domain } = call.workspace;
    const name = `p${ts.replace('.', '')}`;
    return {
      channel: channel.id,
      permalink: `https://${domain}.slack.com/archives/${channel.id}/${name}`,
    };
  },
};

export function deleteMessage({ world, workspace }: Omit<ApiCall, 'args'>, message: Message): void {
  const before = messageJson(world, workspace, message);
  if (repliesTo(workspace, message).length > 0) {
    // Of the first message of a thread a stone is left for its replies to stand under.
    Object.assign(message, { subtype: 'tombstone', text: 'This message was deleted.', files: [] });
    delete message.blocks;
    tellChanged(world, workspace, message, before);
    return;
  }
  message.isDeleted = true;
  tellDeleted(world, workspace, message, before);
}

/** @throws {Refusal} Unless Slack takes it. */
export function contentOf(
  { workspace, args }: Pick<ApiCall, 'workspace' | 'args'>,
  maxCharacters: number,
): Pick<Message, 'text' | 'blocks' | 'metadata'> {
  const text = args.optionalText('text') ?? '';
  refuseUnless(text.length <= maxCharacters, 'msg_too_long');
  const blocks = checkBlocks(workspace, args.json('blocks', 'invalid_blocks_format'));
  refuseUnless(text !== '' || (blocks?.length ?? 0) > 0, 'no_text');
  refuseUnless(!args.has('attachments'), 'not_supported_by_the_fake');
  const metadata = args.json('metadata', 'invalid_metadata_format');
  if (metadata !== undefined) checkMetadata(metadata);
  return {
    text,
    ...(blocks && { blocks }),
    ...(metadata !== undefined && { metadata: metadata as z.infer<typeof METADATA> }),
  };
}

function checkMetadata(metadata: unknown): asserts metadata is Json {
  if (!METADATA.safeParse(metadata).success) throw new Refusal('invalid_metadata_schema');
  refuseUnless(JSON.stringify(metadata).length <= MAX_METADATA_CHARACTERS, 'metadata_too_large');
}

function threadOf({ args }: ApiCall, channel: Channel): string | undefined {
  const ts = args.optionalText('thread_ts');
  if (ts === undefined) return undefined;
  const root = channel.messages.find((message) => message.ts === ts);
  if (!root) throw new Refusal('thread_not_found');
  // A reply to a reply goes into the thread of both.
  return root.threadTs ?? ts;
}
