import type { Ground } from '../../bot.ts';
import type { DiscordAdapter } from '../../bots/discord/adapter.ts';
import type { Settings } from '../../config/index.ts';
import type { Logger } from '../../logger.ts';
import { sparing } from '../../sparing.ts';

export interface DiscordOfProcess {
  readonly open: (ground: Pick<Ground, 'store'>) => DiscordAdapter;
  /** What is to be said of it once the bot has started. */
  readonly line: () => string;
}

/** Discord, where the settings have its token. Its client takes a while to load, for those alone who use it. */
export async function openDiscord(
  { DISCORD_TOKEN, ...settings }: Settings,
  log: Logger,
): Promise<DiscordOfProcess | undefined> {
  if (DISCORD_TOKEN === undefined) return undefined;
  const { openDiscordAdapter } = await import('../../bots/discord/adapter.ts');
  let adapter: DiscordAdapter | undefined;
  const onFault = sparing((error, repeats) => log.fault('Discord failed', error, { repeats }));
  return {
    open: ({ store }) =>
      (adapter = openDiscordAdapter({ settings: { ...settings, DISCORD_TOKEN }, store, onFault })),
    line: () =>
      adapter?.inviteUrl === undefined
        ? 'On Discord as soon as that is there.'
        : `On Discord; invite the bot: ${adapter.inviteUrl}`,
  };
}
