import { z } from 'zod';

import { failure, invalidForm } from '../api-error.ts';
import { applicationFlags } from '../gateway.ts';
import { channelPayload, guildPayload } from '../payloads/places.ts';
import { memberPayload, rolePayload, userPayload } from '../payloads/people.ts';
import { isThread, permissionsIn } from '../permissions.ts';
import type { FakeGuild, FakeUser } from '../records.ts';
import type { World } from '../world.ts';
import { param, type RestCall, type Route } from './route.ts';

const DirectChannel = z.strictObject({ recipient_id: z.string() });

export const applicationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/gateway/bot',
    needs: 'token',
    answer: (_world, { gatewayUrl }) => ({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: {
        total: 1_000,
        remaining: 999,
        reset_after: 86_400_000,
        max_concurrency: 16,
      },
    }),
  },
  {
    method: 'GET',
    path: '/gateway',
    needs: 'nothing',
    answer: (_world, { gatewayUrl }) => ({ url: gatewayUrl }),
  },
  ...['/applications/@me', '/oauth2/applications/@me'].map((path): Route => ({
    method: 'GET',
    path,
    needs: 'token',
    answer: applicationPayload,
  })),
  {
    method: 'GET',
    path: '/users/@me',
    needs: 'token',
    answer: ({ bot }) => ({ ...userPayload(bot), email: null, verified: true, mfa_enabled: true }),
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    needs: 'token',
    answer: (world, { body }) => {
      const parsed = DirectChannel.safeParse(body);
      if (!parsed.success) throw invalidForm('recipient_id', 'BASE_TYPE_REQUIRED', 'required');
      return channelPayload(world, world.directChannel(user(world, parsed.data.recipient_id)));
    },
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    needs: 'token',
    answer: (world) => [...world.guilds.values()].filter(({ hasBot }) => hasBot).map(guildPayload),
  },
  {
    method: 'GET',
    path: '/users/:user',
    needs: 'token',
    answer: (world, call) => userPayload(user(world, param(call, 'user'))),
  },
  {
    method: 'GET',
    path: '/guilds/:guild',
    needs: 'token',
    answer: (world, call) => guildPayload(guild(world, call)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    needs: 'token',
    answer: (world, call) => {
      const { id } = guild(world, call);
      const channels = [...world.channels.values()].filter(
        (channel) => channel.guildId === id && !channel.isDeleted && !isThread(channel),
      );
      return channels.map((channel) => channelPayload(world, channel));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    needs: 'token',
    answer: (world, call) => guild(world, call).roles.map(rolePayload),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    needs: 'token',
    answer: (world, call) => {
      const member = guild(world, call).members.get(param(call, 'user'));
      if (!member) throw failure(10_007);
      return memberPayload(member);
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/threads/active',
    needs: 'token',
    answer: (world, call) => {
      const { id } = guild(world, call);
      const threads = [...world.channels.values()].filter(
        (channel) =>
          channel.guildId === id &&
          !channel.isDeleted &&
          channel.thread?.archived === false &&
          permissionsIn(world, channel, world.bot) !== 0n,
      );
      return { threads: threads.map((one) => channelPayload(world, one)), members: [] };
    },
  },
];

function applicationPayload(world: World): object {
  return {
    id: world.bot.id,
    name: 'ReasonEdit',
    icon: null,
    description: '',
    summary: '',
    bot: userPayload(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    team: null,
    owner: userPayload(world.bot),
    flags: applicationFlags(world.grantedIntents),
    flags_new: String(applicationFlags(world.grantedIntents)),
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: [...world.guilds.values()].filter(({ hasBot }) => hasBot).length,
  };
}

function user(world: World, id: string): FakeUser {
  const found = world.users.get(id);
  if (!found) throw failure(10_013);
  return found;
}

function guild(world: World, call: RestCall): FakeGuild {
  const found = world.guilds.get(param(call, 'guild'));
  if (!found?.hasBot) throw failure(found ? 50_001 : 10_004);
  return found;
}
