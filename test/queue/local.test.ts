import { onTestFinished, describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { openLocalQueue, type LocalQueueOptions } from '../../src/queue/local.ts';
import type { EditWorker } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { crash, GatedEngine, LATEST, SOURCE } from '../support/gated-engine.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { firstOf, jobOf, outcomeOf, read } from '../support/jobs.ts';

async function openBench(options: Partial<LocalQueueOptions> = {}) {
  const images = new MemoryImages();
  await images.put(SOURCE);
  await images.put(LATEST);
  const engine = new GatedEngine();
  const clock = new ManualClock();
  const worker = createWorker({ engine: async () => engine, images, clock });
  const queue = openLocalQueue({ worker, clock, ...options });
  onTestFinished(() => queue[Symbol.asyncDispose]());

  /** Plays a turn that takes so long. */
  const playFor = async (name: string, durationMs: number): Promise<void> => {
    engine.hold(`${name} think`);
    await queue.enqueue(jobOf({ name, thought: 'question' }));
    await engine.arrivalAt(`${name} think`);
    clock.advance(durationMs);
    engine.letGo(`${name} think`);
    await outcomeOf(queue, name);
    await expect.poll(() => engine.open).toBe(0);
  };
  return { queue, engine, clock, playFor };
}

describe('the local queue', () => {
  it('expects each turn to take what the recent ones took', async () => {
    const { queue, engine, clock, playFor } = await openBench();
    for (const [index, durationMs] of [4_000, 60_000, 6_000].entries()) {
      await playFor(`turn ${index}`, durationMs);
    }
    engine.hold('running think');
    await queue.enqueue(jobOf({ name: 'running' }));
    await queue.enqueue(jobOf({ name: 'next' }));
    await queue.enqueue(jobOf({ name: 'later' }));
    clock.advance(1_000);
    expect([...(await queue.position(['running', 'next', 'later', 'turn 0', 'unknown']))]).toEqual([
      ['running', { ahead: 0, etaMs: 5_000 }],
      ['next', { ahead: 0, etaMs: 11_000 }],
      ['later', { ahead: 1, etaMs: 17_000 }],
    ]);
  });

  it('expects nothing of an engine before its first turn has ended', async () => {
    const { queue, engine } = await openBench();
    engine.hold('running think');
    await queue.enqueue(jobOf({ name: 'running' }));
    await queue.enqueue(jobOf({ name: 'next' }));
    expect([...(await queue.position(['running', 'next']))]).toEqual([
      ['running', { ahead: 0 }],
      ['next', { ahead: 0 }],
    ]);
  });

  it.each([
    ['more', 30_000, 30_000],
    ['less', 10, 1_000],
  ])(
    'waits as long as a failure asks for, or as it waits anyway: %s',
    async (_what, retryAfterMs, restMs) => {
      const { queue, engine, clock } = await openBench({ retryDelayMs: 1_000 });
      const asksToWait = new AppError('ENGINE_UNAVAILABLE', 'Later.', {
        retryable: true,
        retryAfterMs,
      });
      engine.failAt('turn think', asksToWait);
      await queue.enqueue(jobOf({ name: 'turn' }));
      await expect.poll(() => clock.pending).toBe(1);
      clock.advance(restMs - 1);
      expect(clock.pending).toBe(1);
      clock.advance(1);
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
    },
  );

  it('leaves the engine to others before it tries again, and waits longer each time', async () => {
    const { queue, engine, clock } = await openBench({ retryDelayMs: 1_000 });
    engine.failAt('turn think', crash(), 2);
    await queue.enqueue(jobOf({ name: 'turn' }));
    await queue.enqueue(jobOf({ name: 'next' }));
    await outcomeOf(queue, 'next');
    expect(await queue.position(['turn'])).toEqual(new Map([['turn', { ahead: 0 }]]));
    const attempts = () => engine.reached.filter((place) => place === 'turn think').length;
    for (const [index, delayMs] of [1_000, 2_000].entries()) {
      await expect.poll(() => clock.pending).toBe(1);
      clock.advance(delayMs - 1);
      expect(clock.pending).toBe(1);
      clock.advance(1);
      await expect.poll(attempts).toBe(index + 2);
    }
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
  });

  it.each(['cancel', 'deadline', 'shutdown'])(
    'ends a turn between two attempts at a %s',
    async (what) => {
      const { queue, engine, clock } = await openBench({ retryDelayMs: 1_000_000 });
      engine.failAt('turn reflect 1', crash());
      await queue.enqueue(jobOf({ name: 'turn' }, { timeLimitMs: 60_000 }));
      await queue.enqueue(jobOf({ name: 'next' }));
      await outcomeOf(queue, 'next');
      const updates = read(queue, 'turn');
      if (what === 'cancel') expect(await queue.cancel('turn', 'Stopped.')).toBe('removed');
      if (what === 'deadline') clock.advance(60_000);
      if (what === 'shutdown') {
        await queue[Symbol.asyncDispose]();
        await expect(updates).rejects.toMatchObject({ code: 'SHUTDOWN' });
      } else {
        expect((await updates).at(-1)).toMatchObject({
          epoch: 2,
          outcome: { kind: what === 'cancel' ? 'stopped' : 'expired', best: { round: 1 } },
        });
      }
      expect(clock.pending).toBe(0);
    },
  );

  it('has no timer left when all turns have ended, or it is disposed of', async () => {
    const { queue, engine, clock } = await openBench();
    engine.hold('turn think');
    const limits = { deadlineAt: clock.now() + 60_000, timeLimitMs: 50_000 };
    await queue.enqueue(jobOf({ name: 'turn' }, limits));
    await queue.enqueue(jobOf({ name: 'next' }, limits));
    engine.letGo('turn think');
    await outcomeOf(queue, 'next');
    await expect.poll(() => clock.pending).toBe(0);
    engine.hold('third think');
    await queue.enqueue(jobOf({ name: 'third' }, limits));
    await queue.enqueue(jobOf({ name: 'fourth' }, limits));
    await queue[Symbol.asyncDispose]();
    expect(clock.pending).toBe(0);
  });

  it('gives each run a copy of the job', async () => {
    const jobs: unknown[] = [];
    const worker: EditWorker = {
      run: async ({ job, log }) => {
        jobs.push(job);
        if (jobs.length === 1) throw crash();
        const outcome = { kind: 'asked', question: 'Which?' } as const;
        await log.append([{ type: 'ended', outcome }]);
        return outcome;
      },
    };
    const { queue, clock } = await openBench({ worker });
    const job = jobOf({ name: 'turn' });
    await queue.enqueue(job);
    await expect.poll(() => clock.pending).toBe(1);
    clock.advance(1_000);
    await outcomeOf(queue, 'turn');
    expect(jobs).toEqual([job, job]);
    expect(jobs[0]).not.toBe(jobs[1]);
  });

  it('ends a turn whose worker breaks its contract', async () => {
    const throwing: EditWorker = {
      run: async () => {
        throw new TypeError('a bug');
      },
    };
    const broken = await openBench({ worker: throwing });
    await broken.queue.enqueue(jobOf({ name: 'turn' }));
    expect(await outcomeOf(broken.queue, 'turn')).toMatchObject({ code: 'INTERNAL' });

    const stubborn: EditWorker = {
      run: async (_turn, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        throw new AppError('STORE_UNAVAILABLE', 'No connection.', { retryable: true });
      },
    };
    const { queue } = await openBench({ worker: stubborn });
    await queue.enqueue(jobOf({ name: 'turn' }));
    await queue.cancel('turn', 'Stopped by Ann.');
    expect(await outcomeOf(queue, 'turn')).toMatchObject({
      kind: 'stopped',
      reason: 'Stopped by Ann.',
    });
  });

  it('takes a turn anew once it was released', async () => {
    const { queue, engine } = await openBench();
    await queue.enqueue(jobOf({ name: 'turn', thought: 'question' }));
    const { cursor } = await firstOf(queue, 'turn', 'ended');
    await queue.release('turn');
    await queue.enqueue(jobOf({ name: 'turn', thought: 'question' }));
    expect((await read(queue, 'turn', cursor)).at(-1)).toMatchObject({ type: 'ended' });
    expect(engine.reached).toEqual(['turn think', 'turn think']);
  });
});
