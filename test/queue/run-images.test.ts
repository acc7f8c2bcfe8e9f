import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { RunImages } from '../../src/queue/run-images.ts';
import { LATEST, SOURCE } from '../support/gated-engine.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { jobOf } from '../support/jobs.ts';

const MASK = { ...SOURCE, bytes: new Uint8Array([7]) };
const JOB = jobOf({ name: 'turn' });

describe('the pictures of a run', () => {
  it('leave neither listener nor timer, loaded or broken off', async () => {
    const clock = new ManualClock();
    const store = new MemoryImages();
    await store.put(SOURCE);
    await store.put(LATEST);
    const controller = new AbortController();
    const mask = await store.put(MASK);
    const loaded = await new RunImages(store, clock).load({ ...JOB, mask }, [], controller);
    expect(loaded).toEqual({
      source: SOURCE,
      latest: LATEST,
      references: [],
      mask: MASK,
      rounds: [],
    });
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);

    store.get = () => new Promise(() => {});
    const loading = new RunImages(store, clock).load(JOB, [], controller);
    const reason = new Error('left');
    controller.abort(reason);
    await expect(loading).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });
});
