import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { openDelivery, type Delivery } from '../../src/bots/delivery.ts';
import type { ChatAdapter } from '../../src/bots/types.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import type { EditQueue } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { openFileImages } from '../../src/store/images/file-images.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import type { ConversationStore, ImageStore } from '../../src/store/types.ts';
import { GatedEngine, promptOf, SOURCE, type Play } from '../support/gated-engine.ts';
import { RECORDING_CAPABILITIES } from '../support/recording-adapter.ts';
import { median } from './measure.ts';

const TURNS = 50;
const SAMPLES = 15;
const call = { signal: new AbortController().signal };

/** Two rounds, with twenty words or steps in each call. */
const playOf = (name: string): Play => ({ name, verdicts: ['refine', 'success'], steps: 20 });

const engine = new GatedEngine();
let folder: string;
let store: ConversationStore;
let images: ImageStore;
let queue: EditQueue;
let delivery: Delivery;
/** When the final picture of a turn was handed to the adapter. */
const onFinal = new Map<string, () => void>();
let messages = 0;
/** Calls of the store, each of which is one transaction. */
let transactions = 0;

/** A platform that answers at once. */
const adapter: ChatAdapter = {
  platform: 'bench',
  accounts: 'of-platform',
  capabilities: { ...RECORDING_CAPABILITIES, editIntervalMs: 1_000, postIntervalMs: 0 },
  start: () => Promise.resolve(),
  postMessage: async (_destination, { message }) => {
    if (message.kind === 'final') onFinal.get(message.turnId)?.();
    return { messageId: `message ${(messages += 1)}` };
  },
  updateMessage: () => Promise.resolve(),
  findMessage: () => Promise.resolve(undefined),
  deleteMessage: () => Promise.resolve(),
  fetchAttachment: () => Promise.reject(new Error('Nothing is attached here.')),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** The store, with its transactions counted. */
const counted = (whole: ConversationStore): ConversationStore =>
  new Proxy(whole, {
    get: (target, name) => {
      transactions += 1;
      return Reflect.get(target, name) as unknown;
    },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reasonedit-bench-'));
  store = counted(await openConversationStore({ DATA_DIR: folder, AUDIT_TEXT: false }));
  images = await openFileImages(join(folder, 'images'));
  const worker = createWorker({ engine: async () => engine, images });
  queue = openLocalQueue({ worker, concurrency: { gated: TURNS } });
  const engines = () => ({ seeded: true });
  delivery = openDelivery({ store, images, queue, adapters: [adapter], engines, owner: 'bench' });
  await delivery.start();
});

afterAll(async () => {
  await delivery[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** From the request to its final picture, in milliseconds. */
async function converse(name: string): Promise<number> {
  const start = performance.now();
  const { id } = await store.openConversation({ platform: 'bench', channel: name });
  const image = await images.put(SOURCE, call);
  const added = await store.addTurn({
    conversationId: id,
    person: `bench:${name}`,
    messageKey: `bench:${name}`,
    prompt: promptOf(playOf(name)),
    base: { kind: 'image', image },
    engine: 'gated',
    seed: 7,
    maxRounds: 3,
  });
  if (added?.kind !== 'added') throw new Error('The turn was not taken.');
  const { id: turnId } = added.turn;
  const final = new Promise<void>((resolve) => onFinal.set(turnId, resolve));
  delivery.take(turnId);
  await final;
  onFinal.delete(turnId);
  return performance.now() - start;
}

/** The same turn with nothing but its engine and the loop. */
async function playBare(name: string): Promise<number> {
  const start = performance.now();
  const picture = { source: SOURCE, latest: SOURCE, references: [] };
  const prompt = promptOf(playOf(name));
  const request = { prompt, ...picture, history: [], maxRounds: 3, seed: 7 };
  const turn = reasonEdit(engine, request, call);
  while (!(await turn.next()).done);
  return performance.now() - start;
}

it.each([1, TURNS])('takes this long for a turn, %i at a time', async (turns) => {
  const overheads: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const before = process.cpuUsage();
  transactions = 0;
  for (let sample = 0; sample <= SAMPLES; sample += 1) {
    const names = Array.from({ length: turns }, (_, index) => `${turns} ${sample} ${index}`);
    const bareMs = await playBare(`bare ${sample}`);
    if (sample === 1) loop.enable();
    const times = await Promise.all(names.map(converse));
    if (sample > 0) overheads.push(...times.map((time) => time - bareMs));
  }
  loop.disable();
  const { user, system } = process.cpuUsage(before);
  const all = turns * (SAMPLES + 1);
  const cpuMs = (user + system) / 1_000 / all;
  const delayMs = loop.percentile(99) / 1e6 - 1;
  console.log(`\n${turns} at a time, two rounds a turn, by an engine that takes no time`);
  console.log(`from request to final, without the engine: ${median(overheads).toFixed(1)} ms`);
  console.log(`of processor time, engine included:        ${cpuMs.toFixed(1)} ms a turn`);
  console.log(
    `transactions:                              ${(transactions / all).toFixed(1)} a turn`,
  );
  console.log(`event-loop delay, p99:                     ${delayMs.toFixed(1)} ms`);
  expect(overheads.length).toBe(SAMPLES * turns);
});
