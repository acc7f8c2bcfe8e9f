import { ComponentType, InteractionContextType, type InteractionType } from 'discord.js';

import { Interaction, ownersOf } from './interaction.ts';
import { messagePayload } from './payloads/message.ts';
import { memberPayload, userPayload } from './payloads/people.ts';
import { channelPayload } from './payloads/places.ts';
import { permissionsIn } from './permissions.ts';
import type { FakeChannel, FakeMessage, FakeUser } from './records.ts';
import { partsIn } from './rules/components.ts';
import type { World } from './world.ts';

interface Begun {
  readonly type: InteractionType;
  readonly user: FakeUser;
  readonly channel: FakeChannel;
  readonly data: object;
  readonly message?: FakeMessage;
  readonly commandName?: string;
}

/** Makes an interaction of what somebody did, and tells the bot of it. */
export function beginInteraction(world: World, begun: Begun): Interaction {
  const { type, user, channel, data, message, commandName } = begun;
  const guild = world.guildOf(channel);
  const isPersonal = guild ? !guild.hasBot : !channel.recipients.includes(world.bot);
  const id = world.snowflakes.next();
  const token = Buffer.from(`interaction:${id}:${'x'.repeat(60)}`).toString('base64url');
  const context = contextOf(world, channel);
  const member = guild?.members.get(user.id);
  const integrated = { isPersonal, channel, user };
  const payload = {
    id,
    application_id: world.bot.id,
    type,
    data,
    token,
    version: 1,
    channel_id: channel.id,
    channel: channelPayload(world, channel),
    locale: user.locale,
    entitlements: [],
    app_permissions: String(permissionsIn(world, channel, world.bot)),
    authorizing_integration_owners: ownersOf(integrated),
    context,
    attachment_size_limit: world.limits.fileBytes,
    ...(guild && {
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
    }),
    ...(member
      ? {
          member: {
            ...memberPayload(member),
            permissions: String(permissionsIn(world, channel, user)),
          },
        }
      : { user: userPayload(user) }),
    ...(message && { message: messagePayload(world, message, { readsContent: true }) }),
  };
  const interaction = new Interaction({
    id,
    token,
    type,
    user,
    channel,
    context,
    isPersonal,
    createdAt: world.clock.now(),
    ...(message && { messageId: message.id }),
    ...(commandName !== undefined && { commandName }),
  });
  world.interactions.set(id, interaction);
  world.emit({
    name: 'INTERACTION_CREATE',
    // Where the bot itself isn't, its first shard hears of it.
    guildId: guild?.hasBot ? guild.id : undefined,
    intents: 0,
    data: () => payload,
  });
  return interaction;
}

export function contextOf(world: World, channel: FakeChannel): InteractionContextType {
  if (channel.guildId !== undefined) return InteractionContextType.Guild;
  return channel.recipients.includes(world.bot)
    ? InteractionContextType.BotDM
    : InteractionContextType.PrivateChannel;
}

/** A button of a message, by what it carries or by what it says. */
export function buttonOf({ components }: FakeMessage, wanted: string | RegExp) {
  const buttons = [...partsIn(components)].filter(({ type }) => type === ComponentType.Button);
  const fits = (text: unknown) =>
    typeof text === 'string' && (typeof wanted === 'string' ? text === wanted : wanted.test(text));
  const found =
    buttons.find(({ label }) => fits(label)) ?? buttons.find((part) => fits(part['custom_id']));
  if (found) return found;
  const labels = buttons.map(({ label }) => String(label)).join(', ');
  throw new Error(`There is no button ${String(wanted)}, only: ${labels}.`);
}
