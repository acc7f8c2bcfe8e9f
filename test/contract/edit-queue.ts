import { describe, onTestFinished } from 'vitest';

import { AppError } from '../../src/errors.ts';
import type { EditQueue, EditWorker } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, SOURCE } from '../support/gated-engine.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { MAX_ATTEMPTS, type OpenBench } from './edit-queue/bench.ts';
import { describeCancelling } from './edit-queue/cancelling.ts';
import { describeDeadlines } from './edit-queue/deadlines.ts';
import { describeFailures } from './edit-queue/failures.ts';
import { describeLaws } from './edit-queue/laws.ts';
import { describeReading } from './edit-queue/reading.ts';
import { describeShutdown } from './edit-queue/shutdown.ts';
import { describeTurns } from './edit-queue/turns.ts';

/** What a queue is to be opened with. */
export interface QueueSetup {
  readonly worker: EditWorker;
  readonly concurrency: Readonly<Record<string, number>>;
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
}

export interface QueueFactory {
  /** A queue that knows no turn, with one worker. */
  readonly open: (setup: QueueSetup) => Promise<EditQueue>;
  /** Runs of each property test. */
  readonly propertyRuns: number;
}

/** What every implementation of the port holds to. */
export function describeEditQueue(name: string, factory: QueueFactory): void {
  const openBench: OpenBench = async ({ images = new MemoryImages(), concurrency = 1 } = {}) => {
    const engine = new GatedEngine();
    const other = new GatedEngine('other');
    const worker = createWorker({
      images,
      engine: async (wanted) => {
        const found = [engine, other].find((one) => one.name === wanted);
        if (!found) throw new AppError('ENGINE_UNKNOWN', 'There is no such engine.');
        return found;
      },
    });
    await images.put(SOURCE);
    await images.put(LATEST);
    const queue = await factory.open({
      worker,
      concurrency: { gated: concurrency },
      maxAttempts: MAX_ATTEMPTS,
      retryDelayMs: 1,
    });
    return { queue, engine, images };
  };
  const open: OpenBench = async (options) => {
    const bench = await openBench(options);
    onTestFinished(() => bench.queue[Symbol.asyncDispose]());
    return bench;
  };

  describe(`${name}, as an edit queue`, () => {
    describeTurns(open);
    describeReading(open);
    describeCancelling(open);
    describeDeadlines(open);
    describeFailures(open);
    describeShutdown(open);
    describeLaws(openBench, factory.propertyRuns);
  });
}
