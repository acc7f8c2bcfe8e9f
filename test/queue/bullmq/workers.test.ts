import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { EditJob } from '../../../src/queue/job.ts';
import { progressOf } from '../../../src/queue/progress.ts';
import type { EditQueue } from '../../../src/queue/types.ts';
import { openFileImages } from '../../../src/store/images/file-images.ts';
import { openBullBench, useRedis } from '../../support/bull-bench.ts';
import { LATEST, SOURCE } from '../../support/gated-engine.ts';
import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import {
  playedPrompt,
  startWorkerProcess,
  type WorkerProcess,
  type WorkerProcessSettings,
} from '../../support/worker-process.ts';

const call = { signal: new AbortController().signal };

/** So short that a test can wait for it, and long enough to be kept by a busy machine. */
const LOCK_MS = 1_000;

interface ProcessBench {
  readonly queue: EditQueue;
  readonly start: (
    settings?: Omit<WorkerProcessSettings, 'dataFolder' | 'options'>,
    options?: Partial<WorkerProcessSettings['options']>,
  ) => WorkerProcess;
}

async function openBench(redisUrl: string): Promise<ProcessBench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'reasonedit-workers-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  await using images = await openFileImages(join(dataFolder, 'images'));
  await images.put(SOURCE, call);
  await images.put(LATEST, call);
  const bench = await openBullBench(redisUrl);
  const { prefix } = bench;
  return {
    queue: bench.openQueue(),
    start: (settings, options) => {
      const place = { redisUrl, prefix, lockMs: LOCK_MS, retryDelayMs: 1 };
      const worker = startWorkerProcess({
        ...settings,
        dataFolder,
        options: { ...place, ...options },
      });
      onTestFinished(() => worker[Symbol.asyncDispose]());
      return worker;
    },
  };
}

const played = (rounds: number, part: Partial<EditJob> = {}): EditJob =>
  jobOf({ name: 'turn' }, { engine: 'played', prompt: playedPrompt('turn', rounds), ...part });

describe('a worker', () => {
  const redis = useRedis();

  it('that is killed loses no more than the round in hand', async () => {
    const { queue, start } = await openBench(redis.server.url);
    const first = start({ dieAt: 'turn edit 2' });
    await queue.enqueue(played(3));
    await first.ended;
    const second = start();
    const facts = factsIn(await read(queue, 'turn'));
    expect(facts.at(-1)).toMatchObject({ type: 'ended', outcome: { kind: 'succeeded' } });
    expect(facts.filter(({ type }) => type === 'started')).toHaveLength(2);
    expect(facts.filter(({ type }) => type === 'thought')).toHaveLength(1);
    expect(second.reached).toEqual([
      'turn edit 2',
      'turn reflect 2',
      'turn edit 3',
      'turn reflect 3',
    ]);
  });

  it('that dies of a turn again and again is spared it, and the user told', async () => {
    const { queue, start } = await openBench(redis.server.url);
    await queue.enqueue(played(2));
    for (let death = 0; death < 2; death += 1) {
      await start({ dieAt: 'turn edit 2' }, { maxAttempts: 2 }).ended;
    }
    const last = start({ dieAt: 'turn edit 2' }, { maxAttempts: 2 });
    expect(await outcomeOf(queue, 'turn')).toMatchObject({
      kind: 'failed',
      code: 'ENGINE_CRASHED',
      best: { round: 1 },
      rounds: [{ round: 1, reflection: { verdict: 'refine' } }],
    });
    expect(last.reached).toEqual([]);
  });

  it('that was away and does not know that it lost its turn can not write any more', async () => {
    const { queue, start } = await openBench(redis.server.url);
    const zombie = start({ block: { at: 'turn edit 1', ms: 6 * LOCK_MS } });
    await queue.enqueue(played(2));
    await zombie.arrivalAt('turn edit 1');
    const other = start({ holdAt: 'turn edit 2' });
    await other.arrivalAt('turn edit 2');
    await zombie.awake;
    // It plays another turn only after it has tried to go on with its first.
    await queue.enqueue({ ...played(1), turnId: 'next', prompt: playedPrompt('next', 1) });
    await outcomeOf(queue, 'next');
    expect(zombie.reached).toContain('next think');
    await queue.cancel('turn', 'Stopped.');
    const updates = await read(queue, 'turn');
    const facts = updates.filter(({ type }) => type !== 'live');
    expect(facts.map(({ epoch, type }) => [epoch, type])).toEqual([
      [1, 'started'],
      [1, 'thought'],
      [2, 'started'],
      [2, 'round'],
      [2, 'round'],
      [2, 'ended'],
    ]);
  });

  it('that is asked to end brings its round to an end, and hands the turn back', async () => {
    const { queue, start } = await openBench(redis.server.url);
    const first = start({ mostMs: 100 });
    await queue.enqueue(played(50, { maxRounds: 50 }));
    await first.arrivalAt('turn edit 2');
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await queue.position(['turn'])).toMatchObject(new Map([['turn', { ahead: 0 }]]));

    const second = start({}, { maxAttempts: 1 });
    await second.arrivalAt('turn edit 5');
    await queue.cancel('turn', 'Enough.');
    const facts = factsIn(await read(queue, 'turn'));
    const before = facts.slice(
      0,
      facts.findLastIndex(({ type }) => type === 'started'),
    );
    const { rounds } = progressOf(undefined, before);
    expect(rounds.length).toBeGreaterThan(1);
    expect(rounds.at(-1)?.reflection).toBeDefined();
    expect(second.reached[0]).toBe(`turn edit ${rounds.length + 1}`);
  });

  it('that is asked to end hands back what takes too long', async () => {
    const { queue, start } = await openBench(redis.server.url);
    const first = start({ holdAt: 'turn edit 2' }, { finishMs: 100 });
    await queue.enqueue(played(2));
    await first.arrivalAt('turn edit 2');
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    start();
    const facts = factsIn(await read(queue, 'turn'));
    expect(facts.at(-1)).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(facts.filter(({ type }) => type === 'started')).toHaveLength(2);
  });
});
