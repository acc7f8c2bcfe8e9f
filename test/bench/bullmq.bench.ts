import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openBullQueue } from '../../src/queue/bullmq.ts';
import { openBullWorker } from '../../src/queue/bullmq/worker.ts';
import type { EditQueue, EditWorker, TurnLog } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, SOURCE } from '../support/gated-engine.ts';
import { jobOf, outcomeOf } from '../support/jobs.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { startRedis, type RedisServer } from '../support/redis.ts';
import { median } from './measure.ts';

const TURNS = 1_000;
const SAMPLES = 5;
const CONCURRENCY = 20;

/** As Redis comes, without the log: so that the disk is not what is measured. */
let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url, { maxRetriesPerRequest: null });
}, 180_000);
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});

const engine = new GatedEngine();
const images = new MemoryImages();
const engines = { gated: engine.capabilities };
const percentile99 = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.99)] ?? Number.NaN;

const place = () => ({ redisUrl: server.url, prefix: `bench:${randomUUID()}` });

/** Ends each turn at once. */
const idle: EditWorker = {
  run: async ({ log }) => {
    const outcome = { kind: 'asked', question: 'Which one?' } as const;
    await log.append([{ type: 'ended', outcome }]);
    return outcome;
  },
};

/** Resolves once it was called so many times. */
function counter(count: number): { readonly reached: Promise<void>; readonly hit: () => void } {
  let left = count;
  let done = () => {};
  const reached = new Promise<void>((resolve) => {
    done = resolve;
  });
  return {
    reached,
    hit: () => {
      left -= 1;
      if (left === 0) done();
    },
  };
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (1_000 * TURNS) / (performance.now() - start);
}

const jobs = Array.from({ length: TURNS }, (_, index) =>
  jobOf({ name: `turn ${index}`, verdicts: ['success'] }, { person: `person ${index % 10}` }),
);

/** Turns a second from the first that is enqueued to the last that has ended. */
async function throughQueue(played: EditWorker): Promise<number> {
  const where = place();
  const { reached, hit } = counter(TURNS);
  const worker: EditWorker = {
    run: async (turn, call) => {
      const outcome = await played.run(turn, call);
      hit();
      return outcome;
    },
  };
  const queue = openBullQueue(where);
  const concurrency = { gated: CONCURRENCY };
  const serving = openBullWorker({ ...where, worker, engines, concurrency });
  await expect.poll(() => queue.engines()).toHaveProperty('size', 1);
  const speed = await perSecond(async () => {
    await Promise.all(jobs.map((job) => queue.enqueue(job)));
    await reached;
  });
  await serving[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  return speed;
}

/** The same jobs through BullMQ alone. */
async function throughBare(): Promise<number> {
  const prefix = `bench:${randomUUID()}`;
  const { reached, hit } = counter(TURNS);
  const queue = new Queue('bare', { connection: redis, prefix });
  const worker = new Worker('bare', async () => hit(), {
    connection: redis,
    prefix,
    concurrency: CONCURRENCY,
  });
  await worker.waitUntilReady();
  const options = { removeOnComplete: true };
  const speed = await perSecond(async () => {
    await Promise.all(jobs.map((job) => queue.add('turn', job, { ...options, jobId: job.turnId })));
    await reached;
  });
  await worker.close();
  await queue.close();
  return speed;
}

it('takes so many turns a second', async () => {
  await images.put(SOURCE);
  await images.put(LATEST);
  const real = createWorker({ engine: async () => engine, images });
  const samples: { idle: number; played: number; bare: number }[] = [];
  for (let sample = 0; sample <= SAMPLES; sample += 1) {
    const speeds = {
      idle: await throughQueue(idle),
      bare: await throughBare(),
      played: await throughQueue(real),
    };
    if (sample > 0) samples.push(speeds);
  }
  const speedOf = (what: 'idle' | 'played' | 'bare') =>
    median(samples.map((sample) => sample[what])).toFixed(0);
  const ratio = (what: 'idle' | 'played') =>
    median(samples.map((sample) => sample[what] / sample.bare)).toFixed(2);
  console.log(`\n${TURNS} turns, ${CONCURRENCY} at a time, all in one process, a second:`);
  console.log(`bare BullMQ jobs of the same payload:   ${speedOf('bare')}`);
  console.log(`turns that end at once:                 ${speedOf('idle')} (${ratio('idle')} x)`);
  console.log(
    `turns of one round, all their facts:    ${speedOf('played')} (${ratio('played')} x)`,
  );
  expect(samples).toHaveLength(SAMPLES);
});

it('starts a turn so long after it was enqueued', async () => {
  const where = place();
  let started = (_at: number) => {};
  const worker: EditWorker = {
    run: (turn, call) => {
      started(performance.now());
      return idle.run(turn, call);
    },
  };
  const queue = openBullQueue(where);
  const serving = openBullWorker({ ...where, worker, engines });
  const waits: number[] = [];
  for (const job of jobs.slice(0, 300)) {
    const start = new Promise<number>((resolve) => {
      started = resolve;
    });
    const before = performance.now();
    await queue.enqueue(job);
    waits.push((await start) - before);
    await outcomeOf(queue, job.turnId);
  }
  await serving[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  console.log(
    `\nfrom enqueue to the worker: median ${median(waits).toFixed(1)} ms, p99 ${percentile99(waits).toFixed(1)} ms`,
  );
  expect(waits).toHaveLength(300);
});

it.each([1, 500])(
  'tells of an update so long after it was written, to %i readers',
  async (readers) => {
    const where = place();
    const logs: TurnLog[] = [];
    const open = counter(readers);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const worker: EditWorker = {
      run: async (turn, call) => {
        await turn.log.append([{ type: 'started' }]);
        logs.push(turn.log);
        open.hit();
        await ended;
        return idle.run(turn, call);
      },
    };
    const queue = openBullQueue(where);
    const concurrency = { gated: readers };
    const serving = openBullWorker({ ...where, worker, engines, concurrency });
    const delays: number[] = [];
    const reading = jobs.slice(0, readers).map(async (job) => {
      await queue.enqueue(job);
      const { signal } = new AbortController();
      for await (const update of queue.updates(job.turnId, undefined, { signal })) {
        if (update.type !== 'live' || update.state.stage !== 'thinking') continue;
        delays.push(performance.now() - Number(update.state.text));
      }
    });
    await open.reached;
    // As many updates a second as a hundred turns have that are shown four times a second.
    for (let round = 0; round < 1_000; round += 1) {
      const log = logs[round % logs.length];
      await log?.show({ stage: 'thinking', text: String(performance.now()) });
      await new Promise((resolve) => setTimeout(resolve, 2.5));
    }
    end();
    await Promise.all(reading);
    await serving[Symbol.asyncDispose]();
    await queue[Symbol.asyncDispose]();
    console.log(
      `\nfrom a live state to one of ${readers} readers: median ${median(delays).toFixed(1)} ms, p99 ${percentile99(delays).toFixed(1)} ms`,
    );
    expect(delays.length).toBeGreaterThan(0);
  },
);

/** Puts so many turns of a hundred people in the queue. */
async function enqueueAll(queue: EditQueue, count: number): Promise<void> {
  for (let index = 0; index < count; index += 500) {
    const numbers = Array.from({ length: 500 }, (_, offset) => index + offset);
    await Promise.all(
      numbers.map((number) =>
        queue.enqueue(jobOf({ name: `turn ${number}` }, { person: `person ${number % 100}` })),
      ),
    );
  }
}

it('holds and drains so many turns in so much memory of its process', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const heap = (): string => {
    collectGarbage();
    return `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MiB`;
  };
  const where = place();
  const count = 10_000;
  const queue = openBullQueue(where);
  const heaps = [`before ${heap()}`];
  await enqueueAll(queue, count);
  heaps.push(`${count} wait ${heap()}`);
  const half = counter(count / 2);
  const all = counter(count);
  const worker: EditWorker = {
    run: async (turn, call) => {
      const outcome = await idle.run(turn, call);
      half.hit();
      all.hit();
      return outcome;
    },
  };
  const concurrency = { gated: CONCURRENCY };
  const serving = openBullWorker({ ...where, worker, engines, concurrency });
  await half.reached;
  heaps.push(`half of them ended ${heap()}`);
  await all.reached;
  heaps.push(`all ended ${heap()}`);
  await serving[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  console.log(`\nheap of a process that enqueues and plays: ${heaps.join(', ')}`);
  expect(heaps).toHaveLength(4);
});

it('takes so much memory', async () => {
  const usedMemory = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  const where = place();
  const queue = openBullQueue(where);
  const before = await usedMemory();
  const count = 10_000;
  await enqueueAll(queue, count);
  const queued = (await usedMemory()) - before;
  const start = performance.now();
  const names = Array.from({ length: 1_000 }, (_, index) => `turn ${10 * index}`);
  await queue.position(names);
  const positionsMs = performance.now() - start;

  const finished = place();
  const worker = createWorker({ engine: async () => engine, images });
  const serving = openBullWorker({ ...finished, worker, engines });
  const other = openBullQueue(finished);
  await other.enqueue(jobOf({ name: 'turn', verdicts: ['refine', 'success'] }));
  await outcomeOf(other, 'turn');
  const sizes = await Promise.all(
    ['turn', 'log'].map((kind) => redis.memory('USAGE', `${finished.prefix}:${kind}:turn`)),
  );
  await serving[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  const size = sizes.reduce<number>((sum, bytes) => sum + Number(bytes), 0);
  console.log(
    `\n${count} turns that wait: ${(queued / 2 ** 20).toFixed(1)} MiB, ${(queued / count).toFixed(0)} bytes each`,
  );
  console.log(`the positions of ${names.length} of them: ${positionsMs.toFixed(0)} ms`);
  console.log(`a turn of two rounds that has ended and was not released: ${size} bytes`);
  expect(queued).toBeGreaterThan(0);
});
