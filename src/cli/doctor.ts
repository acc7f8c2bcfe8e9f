import { loadSettings, parseSettings, type Settings } from '../config/index.ts';
import { toAppError } from '../errors.ts';
import { ENGINE_NAMES } from '../pipeline/engines.ts';
import type { Context } from './context.ts';
import type { Check } from './doctor/check.ts';
import { checkDiscord } from './doctor/discord.ts';
import { checkEngine } from './doctor/engine.ts';
import { checkMachine, checkNode } from './doctor/machine.ts';
import { checkOnnxRuntime, checkSharp } from './doctor/packages.ts';
import { checkServers } from './doctor/servers.ts';
import { checkRedis } from './doctor/redis.ts';
import { checkSlack } from './doctor/slack.ts';
import { checkStores } from './doctor/stores.ts';
import { Terminal, type Style } from './terminal.ts';
import { jsonLine, printableLine } from './text.ts';

const STYLES = { ok: 'green', warning: 'yellow', missing: 'red' } as const satisfies Record<
  Check['status'],
  Style
>;

/** Shows what this machine can run. Returns 0 when that includes the default engine, else 1. */
export async function doctor(
  { json }: { readonly json: boolean },
  context: Context,
): Promise<number> {
  const show = json ? showLines(context) : showTable(context);
  const { settings, wrong } = readSettings();
  if (wrong) show(wrong);
  show(checkNode());
  show(checkMachine());
  show(await checkSharp());
  for (const check of await checkOnnxRuntime()) show(check);
  show(await checkRedis(settings.REDIS_URL));
  for (const check of await checkStores(settings)) show(check);
  for (const check of await checkServers(settings)) show(check);
  show(await checkDiscord(settings));
  show(await checkSlack(settings));
  let ready = false;
  for (const name of enginesOf(settings)) {
    const check = await checkEngine(name, context.findEngine, settings);
    show(check);
    if (name === settings.ENGINE) ready = check.status === 'ok' && !wrong;
  }
  if (json) context.stdout.write(jsonLine({ type: 'result', ready }));
  else context.stdout.write(`\n${ready ? 'Ready to edit.' : 'Not ready to edit.'}\n`);
  return ready ? 0 : 1;
}

/** Those that are set up, the default one first. */
function enginesOf({ ENGINE, ENGINES = [], ENGINE_PAIRS, ...settings }: Settings): Set<string> {
  const unset = new Set([
    ...(settings.REASONER_URL === undefined || settings.EDITOR_URL === undefined ? ['openai'] : []),
    ...(settings.REASONEDIT_CHECKPOINT === undefined ? ['reasonedit'] : []),
  ]);
  const kinds = ENGINE_NAMES.filter((name) => !unset.has(name));
  return new Set([ENGINE, ...ENGINES, ...kinds, ...ENGINE_PAIRS.map(({ name }) => name)]);
}

function readSettings(): { settings: Settings; wrong?: Check } {
  try {
    return { settings: loadSettings() };
  } catch (error) {
    return {
      settings: parseSettings({}),
      wrong: {
        name: 'settings',
        status: 'missing',
        found: 'wrong',
        advice: toAppError(error).message,
      },
    };
  }
}

type Show = (check: Check) => void;

const showLines =
  ({ stdout }: Context): Show =>
  (check) =>
    stdout.write(jsonLine({ type: 'check', ...check }));

function showTable({ stdout, environment }: Context): Show {
  const terminal = new Terminal(stdout, environment);
  return ({ name, status, found, advice }) => {
    const mark = terminal.style(STYLES[status], status.padEnd(8));
    terminal.line(`${mark} ${name.padEnd(16)} ${printableLine(found)}`);
    if (advice !== undefined) terminal.line(`${' '.repeat(26)}${printableLine(advice)}`);
  };
}
