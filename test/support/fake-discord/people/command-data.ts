import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type APIApplicationCommand,
  type APIApplicationCommandOption,
} from 'discord.js';

import { keepFile } from '../files.ts';
import { contextOf } from '../interactions.ts';
import { filePayload } from '../payloads/message.ts';
import { bareMemberPayload, rolePayload, userPayload } from '../payloads/people.ts';
import { channelPayload } from '../payloads/places.ts';
import { permissionsIn } from '../permissions.ts';
import type { FakeChannel, FakeUser, SentFile } from '../records.ts';
import type { World } from '../world.ts';

/** What a person puts into an option. Of people, channels and roles: their id. */
export type OptionValue = string | number | boolean | SentFile;

export type CommandOptions = Readonly<Record<string, OptionValue>>;

interface Asked {
  readonly user: FakeUser;
  readonly channel: FakeChannel;
  readonly name: string;
  readonly options: CommandOptions;
  /** The option that is being typed, where choices are asked for. */
  readonly focused?: string;
}

type Option = APIApplicationCommandOption;

/** The registered command as a person finds it in a channel; throws where their client would not offer it. */
export function offeredCommand(
  world: World,
  name: string,
  type: ApplicationCommandType,
  { user, channel }: Pick<Asked, 'user' | 'channel'>,
): APIApplicationCommand {
  const guild = world.guildOf(channel);
  const found = world.commands.find((one) => one.name === name && one.type === type);
  if (!found) throw new Error(`There is no command ${name}.`);
  const isInstalled = guild ? guild.hasBot : channel.recipients.includes(world.bot);
  const integration = isInstalled ? 0 : 1;
  const types: readonly number[] = found.integration_types ?? [0];
  const isThere = isInstalled || user.hasInstalledBot;
  const context = contextOf(world, channel);
  const contexts: readonly number[] = found.contexts ?? (integration === 1 ? [0, 1, 2] : [0, 1]);
  if (!isThere || !types.includes(integration) || !contexts.includes(context)) {
    throw new Error(`${name} is not offered here to ${user.username}.`);
  }
  const needed = found.default_member_permissions;
  if (guild && needed !== null) {
    const granted = permissionsIn(world, channel, user);
    if ((granted & BigInt(needed)) !== BigInt(needed)) {
      throw new Error(`${name} is not offered to ${user.username}, who may not do that.`);
    }
  }
  return found;
}

/** The data of a slash command as the platform hands it to the bot. */
export async function slashData(world: World, asked: Asked): Promise<object> {
  const { name, focused } = asked;
  const command = offeredCommand(world, name, ApplicationCommandType.ChatInput, asked);
  const resolved: Record<string, Record<string, object>> = {};
  const known = command.options ?? [];
  const unknown = Object.keys(asked.options).find(
    (given) => !known.some((option) => option.name === given),
  );
  if (unknown !== undefined) throw new Error(`/${name} has no option ${unknown}.`);
  const options: object[] = [];
  for (const option of known) {
    const value = asked.options[option.name];
    if (value === undefined) {
      const isMissing = 'required' in option && option.required && focused === undefined;
      if (isMissing) throw new Error(`/${name} needs the option ${option.name}.`);
      continue;
    }
    options.push({
      name: option.name,
      type: option.type,
      value: await resolvedValue(world, asked, option, value, resolved),
      ...(focused === option.name && { focused: true }),
    });
  }
  return {
    id: command.id,
    name,
    type: command.type,
    ...(options.length > 0 && { options }),
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

async function resolvedValue(
  world: World,
  { channel, name, focused }: Asked,
  option: Option,
  value: OptionValue,
  resolved: Record<string, Record<string, object>>,
): Promise<string | number | boolean> {
  const add = (kind: string, id: string, payload: object) => {
    resolved[kind] = { ...resolved[kind], [id]: payload };
    return id;
  };
  const wrong = (why: string) => new Error(`/${name} ${option.name}: ${why}.`);
  const guild = world.guildOf(channel);
  if (typeof value === 'object') {
    if (option.type !== ApplicationCommandOptionType.Attachment) throw wrong('takes no file');
    const file = await keepFile(world, channel.id, value, true);
    return add('attachments', file.id, filePayload(world, file));
  }
  const id = String(value);
  switch (option.type) {
    case ApplicationCommandOptionType.User: {
      const user = world.users.get(id);
      if (!user) throw wrong('there is no such person');
      const member = guild?.members.get(id);
      if (member) add('members', id, { ...bareMemberPayload(member), permissions: '0' });
      return add('users', id, userPayload(user));
    }
    case ApplicationCommandOptionType.Channel: {
      const permissions = { permissions: '0' };
      return add('channels', id, { ...channelPayload(world, world.channel(id)), ...permissions });
    }
    case ApplicationCommandOptionType.Role: {
      const role = guild?.roles.find((one) => one.id === id);
      if (!role) throw wrong('there is no such role');
      return add('roles', id, rolePayload(role, 1));
    }
    case ApplicationCommandOptionType.Boolean:
      if (typeof value !== 'boolean') throw wrong('takes true or false');
      return value;
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      // While it is typed it is a text.
      if (focused === option.name) return id;
      if (typeof value !== 'number') throw wrong('takes a number');
      const { min_value: min = -Infinity, max_value: max = Infinity } = option;
      if (value < min || value > max) throw wrong(`takes ${min} to ${max}`);
      return value;
    }
    case ApplicationCommandOptionType.String: {
      if (typeof value !== 'string') throw wrong('takes words');
      const { min_length: min = 0, max_length: max = 6_000 } = option;
      if (value.length > max || value.length < min)
        throw wrong(`takes ${min} to ${max} characters`);
      const choices = 'choices' in option ? option.choices : undefined;
      if (choices && !choices.some((choice) => choice.value === value)) throw wrong('not a choice');
      return value;
    }
    case ApplicationCommandOptionType.Attachment:
      throw wrong('takes a file');
    case ApplicationCommandOptionType.Subcommand:
    case ApplicationCommandOptionType.SubcommandGroup:
    case ApplicationCommandOptionType.Mentionable:
      throw wrong('is of a type that nobody uses here');
  }
  return option satisfies never;
}
