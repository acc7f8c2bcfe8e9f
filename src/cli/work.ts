import { once } from 'node:events';

import { loadSettings } from '../config/index.ts';
import { openHealth } from '../health/health.ts';
import { createLogger, readable } from '../logger.ts';
import { Owned } from '../owned.ts';
import type { Call } from '../pipeline/types.ts';
import { openWorker } from '../worker.ts';
import type { Context } from './context.ts';
import { Terminal } from './terminal.ts';

/** Runs a worker until the signal aborts; then it hands back what it can't finish in time. */
export async function work(context: Context, call: Call): Promise<number> {
  const { stdout, stderr, environment, findEngine } = context;
  const settings = loadSettings();
  const terminal = new Terminal(stdout, environment);
  const log = createLogger(stderr.isTTY ? readable(stderr) : stderr);
  const parts = new Owned();
  try {
    const health = parts.own(await openHealth(settings));
    const worker = parts.own(await openWorker({ settings, findEngine, log, health }, call));
    terminal.line(`The worker serves ${worker.engines.join(', ')}; Ctrl-C ends it.`);
    if (health.url !== undefined) terminal.line(`Its health is at ${health.url}/readyz`);
    if (!call.signal.aborted) await once(call.signal, 'abort');
  } finally {
    await parts[Symbol.asyncDispose]();
  }
  return 0;
}
