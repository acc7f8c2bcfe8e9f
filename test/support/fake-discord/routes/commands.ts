import { isDeepStrictEqual } from 'node:util';

import type { APIApplicationCommand } from 'discord.js';

import { failure } from '../api-error.ts';
import { readCommands, shownCommand, type CommandForm } from '../rules/commands.ts';
import type { World } from '../world.ts';
import { param, type RestCall, type Route } from './route.ts';

const PATHS = ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands'];

export const commandRoutes: readonly Route[] = PATHS.flatMap((path): Route[] => [
  {
    method: 'GET',
    path,
    needs: 'token',
    answer: (world, call) => {
      const whole = call.query.get('with_localizations') === 'true';
      return commandsOf(world, call).map((command) => (whole ? command : bare(command)));
    },
  },
  {
    method: 'PUT',
    path,
    needs: 'token',
    answer: (world, call) => {
      const before = commandsOf(world, call);
      const after = readCommands(call.body).map((form) => {
        const same = before.find(({ name, type }) => name === form.name && type === form.type);
        return entered(world, call, form, same);
      });
      world.commands = [...world.commands.filter((command) => !before.includes(command)), ...after];
      return after;
    },
  },
  {
    method: 'POST',
    path,
    needs: 'token',
    status: 201,
    answer: (world, call) => {
      const [form] = readCommands([call.body]);
      if (!form) throw failure(10_063);
      const same = commandsOf(world, call).find(
        ({ name, type }) => name === form.name && type === form.type,
      );
      const command = entered(world, call, form, same);
      world.commands = [...world.commands.filter((other) => other !== same), command];
      return command;
    },
  },
  {
    method: 'DELETE',
    path: `${path}/:command`,
    needs: 'token',
    answer: (world, call) => {
      const found = commandsOf(world, call).find(({ id }) => id === param(call, 'command'));
      if (!found) throw failure(10_063);
      world.commands = world.commands.filter((other) => other !== found);
    },
  },
]);

function commandsOf({ commands, bot }: World, call: RestCall): APIApplicationCommand[] {
  if (param(call, 'app') !== bot.id) throw failure(50_001);
  return commands.filter(({ guild_id: guild }) => guild === call.params['guild']);
}

/** The command as it is kept; one that says the same stays the version that it was. */
function entered(
  world: World,
  call: RestCall,
  form: CommandForm,
  same: APIApplicationCommand | undefined,
): APIApplicationCommand {
  const { guild } = call.params;
  const command = {
    ...shownCommand(form),
    id: same?.id ?? world.snowflakes.next(),
    application_id: world.bot.id,
    version: same?.version ?? world.snowflakes.next(),
    ...(guild !== undefined && { guild_id: guild }),
  } as unknown as APIApplicationCommand;
  if (same && !isDeepStrictEqual(same, command)) command.version = world.snowflakes.next();
  return command;
}

/** Without what is said in other languages. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !name.endsWith('_localizations'));
  return Object.fromEntries(entries.map(([name, inner]) => [name, bare(inner)]));
}
