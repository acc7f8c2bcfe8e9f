/*
 * A process that plays turns from Redis until its end. It says which place of its engine it comes to,
 * and can be told to die, to block its event loop, or to stay at one of them. A SIGTERM disposes of it.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { openBullWorker } from '../../../dist/queue/bullmq/worker.js';
import { createWorker } from '../../../dist/queue/worker.js';
import { openImageStore } from '../../../dist/store/images/index.js';
import { playedEngine } from './played-engine.mjs';

const { dataFolder, options, dieAt, holdAt, block, mostMs = 0 } = JSON.parse(process.argv[2]);

const engine = playedEngine('played', async (place, { signal }) => {
  process.send?.({ reached: place });
  if (place === dieAt) process.kill(process.pid, 'SIGKILL');
  if (place === holdAt && !signal.aborted) await once(signal, 'abort');
  if (place === block?.at) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, block.ms);
    process.send?.({ woke: place });
  }
  await sleep(Math.random() * mostMs);
  signal.throwIfAborted();
});
const images = await openImageStore({ DATA_DIR: dataFolder });
const worker = openBullWorker({
  ...options,
  worker: createWorker({ engine: () => Promise.resolve(engine), images }),
  engines: { [engine.name]: engine.capabilities },
});
const end = async () => {
  await worker[Symbol.asyncDispose]();
  process.exit(0);
};
process.on('SIGTERM', () => void end());
// An orphan would go on for ever.
process.on('disconnect', () => process.exit(1));
process.on('message', ({ block: ms }) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
});
