import { expect } from 'vitest';

import type { EditJob } from '../../../src/queue/job.ts';
import { progressOf } from '../../../src/queue/progress.ts';
import type { EditQueue } from '../../../src/queue/types.ts';
import type { Fact } from '../../../src/queue/update.ts';
import type { GatedEngine, Play } from '../../support/gated-engine.ts';
import type { MemoryImages } from '../../support/memory-images.ts';
import { factsIn, jobOf, read } from '../../support/jobs.ts';

/** A queue with its worker and a gated engine, until the test has finished. */
export interface Bench {
  readonly queue: EditQueue;
  readonly engine: GatedEngine;
  readonly images: MemoryImages;
}

export interface BenchOptions {
  readonly images?: MemoryImages;
  readonly concurrency?: number;
}

export type OpenBench = (options?: BenchOptions) => Promise<Bench>;

/** Runs of a turn that may fail. */
export const MAX_ATTEMPTS = 3;

/** A turn of two rounds. */
export const REFINED: Play = { name: 'turn', verdicts: ['refine', 'success'] };

/** A turn broken off in its second round by a shutdown, as it is to be enqueued again. */
export async function halfDone({ queue, engine }: Bench): Promise<EditJob> {
  engine.hold('turn edit 2');
  await queue.enqueue(jobOf(REFINED));
  await engine.arrivalAt('turn edit 2');
  const facts: Fact[] = [];
  const copying = read(queue, 'turn', undefined, (update) => facts.push(...factsIn([update])));
  await queue[Symbol.asyncDispose]();
  await expect(copying).rejects.toMatchObject({ code: 'SHUTDOWN' });
  const { thought, rounds } = progressOf(undefined, facts);
  return jobOf(REFINED, { finished: { rounds, ...(thought && { thought }) } });
}
