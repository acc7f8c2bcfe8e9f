import { tellReaction } from '../events.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { userJson } from '../shapes.ts';
import { channelOf, demandWritable, messageOf, type ApiCall, type Methods } from './handler.ts';

export const PEOPLE: Methods = {
  'auth.test': ({ workspace }) => ({
    url: `https://${workspace.domain}.slack.com/`,
    team: workspace.domain,
    user: workspace.botUser.name,
    team_id: workspace.id,
    user_id: workspace.botUser.id,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  }),

  'auth.revoke': ({ workspace }) => {
    workspace.isRevoked = true;
    return { revoked: true };
  },

  'team.info': ({ workspace }) => ({
    team: { id: workspace.id, name: workspace.domain, domain: workspace.domain },
  }),

  'users.info': ({ workspace, args }) => {
    const user = workspace.users.get(args.text('user'));
    if (!user) throw new Refusal('user_not_found');
    return { user: userJson(workspace, user, args.flag('include_locale')) };
  },

  'bots.info': ({ world, workspace, args }) => {
    refuseUnless(args.text('bot') === workspace.botId, 'bot_not_found');
    const { botId, botUser } = workspace;
    return {
      bot: { id: botId, app_id: world.app.id, user_id: botUser.id, name: botUser.name },
    };
  },

  'reactions.add': (call) => {
    const { message, name, users, user } = reactionOf(call);
    refuseUnless(!users.has(user), 'already_reacted');
    message.reactions.set(name, users.add(user));
    tellReaction(call.world, call.workspace, message, { name, user, isAdded: true });
    return {};
  },

  'reactions.remove': (call) => {
    const { message, name, users, user } = reactionOf(call);
    refuseUnless(users.delete(user), 'no_reaction');
    if (users.size === 0) message.reactions.delete(name);
    tellReaction(call.world, call.workspace, message, { name, user, isAdded: false });
    return {};
  },
};

function reactionOf(call: ApiCall) {
  const channel = channelOf(call);
  demandWritable(call, channel);
  const message = messageOf(call, channel, 'timestamp');
  const name = call.args.text('name');
  refuseUnless(/^[\w+'-]+$/.test(name), 'invalid_name');
  return {
    message,
    name,
    users: message.reactions.get(name) ?? new Set<string>(),
    user: call.workspace.botUser.id,
  };
}
