import type { Settings } from '../../config/index.ts';
import { toAppError } from '../../errors.ts';
import type { Check } from './check.ts';

const name = 'Discord';

const PATIENCE_MS = 10_000;

/** Asks Discord whose the token is, and whether the bot may read plain messages. */
export async function checkDiscord({ DISCORD_TOKEN, DISCORD_API_URL }: Settings): Promise<Check> {
  if (DISCORD_TOKEN === undefined) {
    return {
      name,
      status: 'missing',
      found: 'DISCORD_TOKEN is not set',
      advice: 'Nothing to do without Discord; docs/discord.md tells how the bot gets there.',
    };
  }
  const { examineToken } = await import('../../bots/discord/examine-token.ts');
  try {
    const settings = { DISCORD_TOKEN, DISCORD_API_URL };
    const call = { signal: AbortSignal.timeout(PATIENCE_MS) };
    const { botName, readsMessages } = await examineToken(settings, call);
    if (readsMessages) return { name, status: 'ok', found: botName };
    return {
      name,
      status: 'warning',
      found: `${botName}, without the Message Content Intent`,
      advice: 'Switch it on for the app, or people have to mention the bot in its threads.',
    };
  } catch (error) {
    const { code, message } = toAppError(error);
    const found = code === 'BAD_SETTINGS' ? 'the token is refused' : 'Discord does not answer';
    return { name, status: 'missing', found, advice: message };
  }
}
