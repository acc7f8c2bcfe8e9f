import { afterAll, expect, it } from 'vitest';

import { reasonEdit } from '../../src/pipeline/loop.ts';
import type { Engine } from '../../src/pipeline/types.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, SOURCE, promptOf, type Play } from '../support/gated-engine.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { jobOf, read } from '../support/jobs.ts';
import { median } from './measure.ts';

const ROUNDS_OF_TURNS = 21;
const TURNS = 50;

/** Two rounds, with twenty words or steps in each call. */
const playOf = (name: string): Play => ({ name, verdicts: ['refine', 'success'], steps: 20 });

const images = new MemoryImages();
const engine = new GatedEngine();
const worker = createWorker({ engine: async () => engine, images });
const queue = openLocalQueue({ worker, concurrency: { gated: TURNS } });
afterAll(() => queue[Symbol.asyncDispose]());

/** The same turn with neither queue nor worker. */
async function playBare(bare: Engine, name: string): Promise<void> {
  const request = {
    prompt: promptOf(playOf(name)),
    source: SOURCE,
    latest: LATEST,
    references: [],
    history: [],
    maxRounds: 3,
    seed: 7,
  };
  const turn = reasonEdit(bare, request, { signal: new AbortController().signal });
  while (!(await turn.next()).done);
}

async function playQueued(name: string): Promise<void> {
  await queue.enqueue(jobOf(playOf(name), { person: name }));
  await read(queue, name);
  await queue.release(name);
}

async function perTurnMs(turns: number, play: (name: string) => Promise<void>): Promise<number> {
  const names = Array.from({ length: turns }, (_, index) => `turn ${index}`);
  const start = performance.now();
  await Promise.all(names.map(play));
  return (performance.now() - start) / turns;
}

it.each([1, TURNS])('takes this long for a turn, %i at a time', async (turns) => {
  await images.put(SOURCE);
  await images.put(LATEST);
  const samples: { queued: number; bare: number }[] = [];
  for (let sample = 0; sample <= ROUNDS_OF_TURNS; sample += 1) {
    const queued = await perTurnMs(turns, playQueued);
    const bare = await perTurnMs(turns, (name) => playBare(engine, name));
    if (sample > 0) samples.push({ queued, bare });
  }
  const queued = median(samples.map((sample) => sample.queued));
  const overhead = median(samples.map((sample) => sample.queued - sample.bare));
  console.log(`\n${turns} at a time, two rounds a turn, by an engine that takes no time`);
  console.log(`through the queue and the worker: ${queued.toFixed(2)} ms a turn`);
  console.log(`of that not the pipeline’s own:   ${overhead.toFixed(2)} ms`);
  expect(queued).toBeGreaterThan(0);
});
