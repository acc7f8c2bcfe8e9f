import { once } from 'node:events';

import { openBot, type Ground } from '../bot.ts';
import type { ChatAdapter } from '../bots/types.ts';
import { loadSettings, type Settings } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../logger.ts';
import type { Call } from '../pipeline/types.ts';
import type { Context } from './context.ts';

/** A chat platform as the settings have it. */
interface Platform {
  readonly name: string;
  readonly open?: (ground: Ground) => ChatAdapter;
  /** Where it is found, or why it is left out. */
  readonly says: string;
}

function platformsOf(_settings: Settings): readonly Platform[] {
  return [];
}

/**
 * Runs the bot on every chat platform that is set up, until the signal aborts.
 * @throws {AppError} `BAD_SETTINGS` where there is none.
 */
export async function serve(context: Context, { signal }: Call): Promise<number> {
  const settings = loadSettings();
  const platforms = platformsOf(settings);
  const open = platforms.flatMap((platform) => platform.open ?? []);
  if (open.length === 0) {
    throw new AppError('BAD_SETTINGS', 'No chat platform is set up; .env.example shows how.');
  }
  const bot = await openBot(
    {
      settings,
      adapters: (ground) => open.map((openOne) => openOne(ground)),
      findEngine: context.findEngine,
      log: createLogger(),
    },
    { signal },
  );
  try {
    for (const { name, says } of platforms) context.stdout.write(`${name.padEnd(8)} ${says}\n`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await bot[Symbol.asyncDispose]();
  }
  return 0;
}
