import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { createLogger } from '../../src/logger.ts';
import type { Measurement } from '../../src/metrics/measurements.ts';
import { watchedLog, watchedQueue, watchedWorker } from '../../src/metrics/watched.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, SOURCE } from '../support/gated-engine.ts';
import { jobOf, read } from '../support/jobs.ts';
import { MemoryImages } from '../support/memory-images.ts';

/** A queue and its worker, whose clock goes on by a second each time that somebody looks. */
async function openBench() {
  const images = new MemoryImages();
  await images.put(SOURCE);
  await images.put(LATEST);
  const engine = new GatedEngine();
  const measured: Measurement[] = [];
  const record = (measurement: Measurement) => void measured.push(measurement);
  let ms = 0;
  const now = () => (ms += 1_000);
  const worker = watchedWorker(createWorker({ engine: async () => engine, images }), record, now);
  const queue = watchedQueue(openLocalQueue({ worker }), record, now);
  return { engine, queue, measured };
}

const kindsOf = (measured: readonly Measurement[]) =>
  measured.map((measurement) => {
    if (measurement.kind === 'stage') return measurement.stage;
    return measurement.kind === 'verdict' ? measurement.verdict : measurement.kind;
  });

describe('what is measured', () => {
  it('of a turn are its stages, verdicts, wait and end', async () => {
    const { queue, measured } = await openBench();
    await queue.enqueue(jobOf({ name: 'turn', verdicts: ['refine', 'success'] }));
    await read(queue, 'turn');
    expect(kindsOf(measured).toSorted()).toEqual(
      [
        'think',
        'edit',
        'reflect',
        'refine',
        'edit',
        'reflect',
        'success',
        'wait',
        'end',
      ].toSorted(),
    );
    expect(measured).toContainEqual({ kind: 'end', outcome: 'succeeded', rounds: 2 });
    for (const measurement of measured) {
      if ('seconds' in measurement) expect(measurement.seconds).toBeGreaterThan(0);
    }
    await queue[Symbol.asyncDispose]();
  });

  it('is the wait once, however often a turn is enqueued and read', async () => {
    const { queue, measured } = await openBench();
    await queue.enqueue(jobOf({ name: 'turn' }));
    await queue.enqueue(jobOf({ name: 'turn' }));
    await read(queue, 'turn');
    await read(queue, 'turn');
    expect(measured.filter(({ kind }) => kind === 'wait')).toHaveLength(1);
    await queue[Symbol.asyncDispose]();
  });

  it('tells why a turn was declined', async () => {
    const { queue, measured } = await openBench();
    await queue.enqueue(jobOf({ name: 'turn', thought: 'declined' }));
    await read(queue, 'turn');
    expect(measured.at(-1)).toMatchObject({
      kind: 'end',
      outcome: 'declined',
      rounds: 0,
      code: expect.any(String) as string,
    });
    await queue[Symbol.asyncDispose]();
  });

  it('is each failure that the log tells of, by its code alone', () => {
    const lines: string[] = [];
    const measured: Measurement[] = [];
    const log = watchedLog(createLogger({ write: (line) => lines.push(line) }), (measurement) =>
      measured.push(measurement),
    );
    log.info('connected', { platform: 'web' });
    log.warn('Redis can lose requests');
    log.fault('a run failed', new AppError('ENGINE_CRASHED', 'It crashed.'), { turnId: 'turn' });
    expect(lines).toHaveLength(3);
    expect(measured).toEqual([{ kind: 'fault', code: 'ENGINE_CRASHED' }]);
  });
});
