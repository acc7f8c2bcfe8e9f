import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBullQueue } from '../../src/queue/bullmq.ts';
import { openBullWorker } from '../../src/queue/bullmq/worker.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import { describeEditQueue, type QueueFactory } from '../contract/edit-queue.ts';
import { startRedis, type RedisServer } from '../support/redis.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
}, 180_000);
afterAll(() => server[Symbol.asyncDispose]());

const capabilities = { seeded: true, previews: true, maxImages: 4, masks: false };
/** All that the suite names; that one of them is not there is for the worker to find out. */
const engines = { gated: capabilities, other: capabilities, 'nobody’s': capabilities };

/** Every implementation of the port, by its file in `src/queue/`. */
const IMPLEMENTATIONS: Readonly<Record<string, QueueFactory>> = {
  'bullmq.ts': {
    open: async (setup) => {
      const place = { redisUrl: server.url, prefix: `test:${randomUUID()}` };
      const worker = openBullWorker({ ...place, ...setup, engines, finishMs: 0 });
      const queue = openBullQueue(place);
      const close = queue[Symbol.asyncDispose].bind(queue);
      queue[Symbol.asyncDispose] = async () => {
        await worker[Symbol.asyncDispose]();
        await close();
      };
      return queue;
    },
    propertyRuns: 10,
  },
  'local.ts': { open: async (setup) => openLocalQueue(setup), propertyRuns: 100 },
};

for (const [file, factory] of Object.entries(IMPLEMENTATIONS)) describeEditQueue(file, factory);

describe('the contract suite', () => {
  it('runs on all implementations', async () => {
    const folder = fileURLToPath(new URL('../../src/queue', import.meta.url));
    const files = await readdir(folder, { recursive: true });
    const found: string[] = [];
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      if (/\bimplements [^{]*\bEditQueue\b/.test(text)) found.push(file);
    }
    expect(found.toSorted()).toEqual(Object.keys(IMPLEMENTATIONS));
  });
});
