import { Refusal, refuseUnless } from '../refusal.ts';
import { demandScope, KIND_NAMES } from '../scopes.ts';
import { messageJson, repliesTo } from '../shapes.ts';
import type { Json, Message } from '../types.ts';
import { channelOf, demandReadable, type ApiCall, type Methods } from './handler.ts';

const MAX_LIMIT = 999;
const USUAL_LIMIT = 100;

export const CONVERSATIONS: Methods = {
  'conversations.history': (call) => {
    const channel = channelOf(call);
    demandReadable(call, channel);
    const roots = channel.messages.filter(
      (message) =>
        message.threadTs === undefined && !message.isDeleted && message.onlyFor === undefined,
    );
    return page(call, roots.toReversed());
  },

  'conversations.replies': (call) => {
    const channel = channelOf(call);
    demandReadable(call, channel);
    const ts = call.args.text('ts');
    const named = channel.messages.find((message) => message.ts === ts);
    const root = channel.messages.find((message) => message.ts === (named?.threadTs ?? ts));
    if (!root || (root.isDeleted && repliesTo(call.workspace, root).length === 0)) {
      throw new Refusal('thread_not_found');
    }
    const replies = repliesTo(call.workspace, root);
    return page(call, [...(root.isDeleted ? [] : [root]), ...replies]);
  },

  'conversations.info': (call) => {
    const channel = channelOf(call);
    const { workspace } = call;
    demandScope(workspace, `${KIND_NAMES[channel.kind]}:read`);
    return {
      channel: {
        id: channel.id,
        name: channel.name,
        is_channel: channel.kind === 'channel',
        is_group: channel.kind === 'group',
        is_im: channel.kind === 'im',
        is_mpim: channel.kind === 'mpim',
        is_private: channel.kind !== 'channel',
        is_archived: channel.isArchived,
        is_member: channel.members.has(workspace.botUser.id),
        is_ext_shared: workspace.hidesFiles,
        context_team_id: workspace.id,
      },
    };
  },

  'conversations.members': (call) => {
    const channel = channelOf(call);
    demandScope(call.workspace, `${KIND_NAMES[channel.kind]}:read`);
    return { members: [...channel.members], response_metadata: { next_cursor: '' } };
  },

  'conversations.open': ({ workspace, args }) => {
    const [user = '', ...others] = args.text('users').split(',');
    refuseUnless(others.length === 0, 'not_supported_by_the_fake');
    refuseUnless(workspace.users.has(user), 'user_not_found');
    return { channel: { id: workspace.directChannel(user).id } };
  },

  'conversations.join': (call) => {
    const channel = channelOf(call);
    refuseUnless(channel.kind === 'channel', 'method_not_supported_for_channel_type');
    refuseUnless(!channel.isArchived, 'is_archived');
    channel.members.add(call.workspace.botUser.id);
    return { channel: { id: channel.id } };
  },
};

function page({ world, workspace, args }: ApiCall, messages: readonly Message[]): Json {
  const limit = args.number('limit', USUAL_LIMIT);
  refuseUnless(limit >= 1 && limit <= MAX_LIMIT, 'invalid_limit');
  const oldest = args.number('oldest', 0);
  const latest = args.number('latest', Number.MAX_SAFE_INTEGER);
  const isInclusive = args.flag('inclusive');
  const cursor = args.optionalText('cursor');
  const start = cursor === undefined || cursor === '' ? 0 : args.number('cursor', 0);
  const withMetadata = args.flag('include_all_metadata');
  const isWithin = ({ ts }: Message) => {
    const time = Number(ts);
    if (time === oldest || time === latest) return isInclusive;
    return time > oldest && time < latest;
  };
  const found = messages.filter(isWithin);
  const end = start + limit;
  const hasMore = found.length > end;
  return {
    messages: found
      .slice(start, end)
      .map((message) => messageJson(world, workspace, message, { withMetadata })),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: String(end) } }),
  };
}
