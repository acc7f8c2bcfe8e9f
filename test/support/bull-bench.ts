import { randomUUID } from 'node:crypto';

import { Redis } from 'ioredis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

import { openBullQueue, type BullQueue, type BullQueueOptions } from '../../src/queue/bullmq.ts';
import { keysUnder } from '../../src/queue/bullmq/keys.ts';
import type { TurnHome } from '../../src/queue/bullmq/script.ts';
import { openBullWorker, type BullWorkerOptions } from '../../src/queue/bullmq/worker.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, SOURCE } from './gated-engine.ts';
import { MemoryImages } from './memory-images.ts';
import { startRedis, type RedisServer, type RedisServerOptions } from './redis.ts';

/** A worker with an engine of its own. */
export interface WorkerBench {
  readonly engine: GatedEngine;
  readonly worker: AsyncDisposable;
}

/** What a test of the queue in Redis works with, in keys of its own. */
export interface BullBench {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly home: TurnHome;
  readonly images: MemoryImages;
  openQueue(options?: Partial<BullQueueOptions>): BullQueue;
  openWorker(options?: Partial<BullWorkerOptions>): WorkerBench;
}

/** Gives the tests of a file a Redis. */
export function useRedis(options: RedisServerOptions = {}): { readonly server: RedisServer } {
  const state: { server?: RedisServer } = {};
  beforeAll(async () => {
    state.server = await startRedis(options);
  }, 180_000);
  afterAll(() => state.server?.[Symbol.asyncDispose]());
  return {
    get server() {
      if (!state.server) throw new Error('Redis is there only while a test runs.');
      return state.server;
    },
  };
}

/** Until the test has finished. */
export async function openBullBench(redisUrl: string): Promise<BullBench> {
  const prefix = `test:${randomUUID()}`;
  const redis = new Redis(redisUrl);
  redis.on('error', () => {});
  onTestFinished(() => redis.disconnect());
  const images = new MemoryImages();
  await images.put(SOURCE);
  await images.put(LATEST);
  const untilEnd = <Opened extends AsyncDisposable>(opened: Opened): Opened => {
    onTestFinished(() => opened[Symbol.asyncDispose]());
    return opened;
  };
  return {
    redisUrl,
    prefix,
    home: { redis, keys: keysUnder(prefix) },
    images,
    openQueue: (options) => untilEnd(openBullQueue({ redisUrl, prefix, ...options })),
    openWorker: (options) => {
      const engine = new GatedEngine();
      const worker = createWorker({ images, engine: () => Promise.resolve(engine) });
      const engines = { [engine.name]: engine.capabilities };
      const settings = { redisUrl, prefix, worker, engines, retryDelayMs: 1, finishMs: 0 };
      return { engine, worker: untilEnd(openBullWorker({ ...settings, ...options })) };
    },
  };
}
