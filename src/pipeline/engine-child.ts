import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { AppError, isAppError } from '../errors.ts';
import { toPlainError, type EngineRequest, type ToChild, type ToHost } from './engine-protocol.ts';
import { EMPTY_TABLE, pack, unpack, type Packed } from './image-table.ts';
import { interruption } from './interruption.ts';
import { keepingEdit } from './keep/keeping-edit.ts';
import type { KeepOptions } from './keep/types.ts';
import type { Engine, EngineCall, EngineModule, EngineSettings, Note } from './types.ts';

/** The process of one engine: speaks the engine protocol over IPC until it is told to shut down. */

let starting: Promise<Engine>;
let keep: KeepOptions | undefined;
let table = EMPTY_TABLE;
let running: AbortController | undefined;

endWithParent();
// A signal to the whole process group is the parent's to answer: it may want to finish a turn.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', (message: ToChild) => {
  switch (message.type) {
    case 'start':
      void start(message.module, message.settings);
      break;
    case 'ping':
      send({ type: 'pong' });
      break;
    case 'call':
      void answer(message.request);
      break;
    case 'cancel':
      running?.abort(interruption(message.kind));
      break;
    case 'shutdown':
      void shutDown();
      break;
    default:
      message satisfies never;
  }
});

async function start(module: string, settings: EngineSettings): Promise<void> {
  starting = load(module, settings);
  try {
    const { capabilities } = await starting;
    send({ type: 'ready', capabilities });
  } catch (error) {
    const failure = isAppError(error)
      ? error
      : new AppError(
          'ENGINE_START',
          `The engine "${settings.name}" could not be started; the log says why.`,
          { cause: error },
        );
    send({ type: 'failed', error: toPlainError(failure) });
  }
}

async function load(module: string, settings: EngineSettings): Promise<Engine> {
  const engineModule: EngineModule = await import(module);
  keep = settings.keep;
  return engineModule.createEngine(settings);
}

async function answer(request: Packed<EngineRequest>): Promise<void> {
  running = new AbortController();
  try {
    const { signal } = running;
    const note = (told: Note) => send({ type: 'note', note: told });
    const outcome = await drive(request, { signal, note });
    const { packed, table: next } = pack(table, outcome);
    send({ type: 'return', outcome: packed });
    table = next;
  } catch (error) {
    send({ type: 'throw', error: toPlainError(error) });
  } finally {
    running = undefined;
  }
}

/** Runs one call to its end; its generator is closed however this ends. */
async function drive(packed: Packed<EngineRequest>, call: EngineCall): Promise<unknown> {
  const generator = await invoke(packed, call);
  try {
    for (;;) {
      const next = await generator.next();
      if (next.done) return next.value;
      send({ type: 'yield', step: next.value });
      // An engine that never waits would keep the event loop from hearing of a cancel.
      await nextTurn();
      call.signal.throwIfAborted();
    }
  } finally {
    await generator.return(undefined);
  }
}

async function invoke(
  packed: Packed<EngineRequest>,
  call: EngineCall,
): Promise<AsyncGenerator<unknown, unknown>> {
  const { value: request, table: next } = unpack(table, packed);
  table = next;
  const { reasoner, editor } = await starting;
  switch (request.name) {
    case 'think':
      return reasoner.think(request.input, call);
    case 'reflect':
      return reasoner.reflect(request.input, call);
    case 'edit':
      return keepingEdit(editor, keep, request.input, call);
    default:
      return request satisfies never;
  }
}

async function shutDown(): Promise<void> {
  const engine = await starting;
  await engine[Symbol.asyncDispose]();
  process.exit();
}

function send(message: ToHost): void {
  process.send?.(message, undefined, undefined, () => {});
}

/**
 * Leaves no orphan when the parent is killed. Its end shows as a closed channel; but an engine that
 * blocks this thread would not see it for minutes, so that a second thread watches as well.
 */
function endWithParent(): void {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const watch = `
    const { workerData: parent } = require('node:worker_threads');
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);`;
  new Worker(watch, { eval: true, workerData: process.ppid }).unref();
}
