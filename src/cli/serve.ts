import { once } from 'node:events';

import { openBot, type Ground } from '../bot.ts';
import { openWebAdapter, type WebAdapter } from '../bots/web/adapter.ts';
import type { ChatAdapter } from '../bots/types.ts';
import { loadSettings } from '../config/index.ts';
import { openHealth } from '../health/health.ts';
import { createLogger, readable } from '../logger.ts';
import { Owned } from '../owned.ts';
import type { Call } from '../pipeline/types.ts';
import type { Context } from './context.ts';
import { openDiscord } from './serve/discord.ts';
import { showExample } from './serve/example.ts';
import { openSlack } from './serve/slack.ts';
import { Terminal } from './terminal.ts';

/** Runs the bot on every chat platform that is set up, until the signal aborts. */
export async function serve(context: Context, call: Call): Promise<number> {
  const { stdout, stderr, environment, findEngine } = context;
  const { signal } = call;
  const settings = loadSettings();
  const terminal = new Terminal(stdout, environment);
  const log = createLogger(stderr.isTTY ? readable(stderr) : stderr);
  const discord = await openDiscord(settings, log);
  const slack = await openSlack(settings, log);
  let web: WebAdapter | undefined;
  let ground: Ground | undefined;
  const adapters = (opened: Ground): readonly ChatAdapter[] => {
    ground = opened;
    web = openWebAdapter({
      chat: opened.webChat,
      images: opened.images,
      settings,
      onFault: (error) => log.fault('the web chat failed', error),
    });
    return [web, ...(discord ? [discord.open(opened)] : []), ...(slack ? [slack.adapter] : [])];
  };
  const parts = new Owned();
  try {
    const health = parts.own(await openHealth(settings));
    parts.own(await openBot({ settings, adapters, findEngine, log, health }, call));
    if (web?.url !== undefined) {
      terminal.line(`The bot is at ${terminal.style('bold', web.url)}; Ctrl-C ends it.`);
    }
    terminal.line(discord?.line() ?? 'Not on Discord: the setting DISCORD_TOKEN is not there.');
    terminal.line(slack?.line() ?? 'Not on Slack: the setting SLACK_BOT_TOKEN is not there.');
    if (health.url !== undefined) terminal.line(`Its health is at ${health.url}/readyz`);
    // Several machines are for those who have had their first look, and servers of models have their price.
    const isFirstLook = settings.REDIS_URL === undefined && settings.ENGINE === 'darkroom';
    if (isFirstLook && web && ground) await showExample({ web, ground, terminal }, call);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await parts[Symbol.asyncDispose]();
  }
  return 0;
}
