import { openRest } from '../bots/discord/calls.ts';
import { registerCommands } from '../bots/discord/register.ts';
import { loadSettings } from '../config/index.ts';
import { AppError } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import type { Context } from './context.ts';

/** Tells Discord the bot's commands, where it does not know them as they are. */
export async function register({ stdout }: Context, call: Call): Promise<number> {
  const { DISCORD_TOKEN, DISCORD_API_URL } = loadSettings();
  if (DISCORD_TOKEN === undefined) {
    throw new AppError(
      'BAD_SETTINGS',
      'The setting DISCORD_TOKEN is not there; docs/discord.md says how to get it.',
    );
  }
  const rest = openRest({ DISCORD_TOKEN, DISCORD_API_URL });
  try {
    const { changed, commands, application, inviteUrl } = await registerCommands(rest, call);
    const done = changed ? `now has its ${commands} commands` : `had its ${commands} commands`;
    stdout.write(`${application.name} ${done}. Invite it: ${inviteUrl}\n`);
    return 0;
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
