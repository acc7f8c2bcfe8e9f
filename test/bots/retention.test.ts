import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { keepRetention } from '../../src/bots/retention.ts';
import type { AppError } from '../../src/errors.ts';
import type { Swept } from '../../src/store/housekeeping.ts';
import { openFileImages } from '../../src/store/images/file-images.ts';
import type { ImageStore } from '../../src/store/types.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { add, converse, fresh, succeed } from '../support/turns.ts';

const HOUR_MS = 3_600_000;

describe('retention', () => {
  const bench = useConversationStore(CONVERSATION_HOMES.sqlite);
  let folder: string;
  let retention: AsyncDisposable | undefined;
  let images: ImageStore;
  let clock: ManualClock;
  let swept: Swept[];
  let faults: AppError[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reasonedit-retention-'));
    images = await openFileImages(folder);
    clock = new ManualClock();
    clock.advance(bench.now - clock.now());
    swept = [];
    faults = [];
  });
  afterEach(async () => {
    await retention?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const keep = (owner: string, days = 1) => {
    retention = keepRetention({
      conversations: bench.store,
      images,
      days,
      owner,
      clock,
      onSwept: (each) => void swept.push(each),
      onFault: (error) => void faults.push(error),
    });
  };

  it('removes what is too old, hour by hour, and keeps the rest', async () => {
    const conversationId = await converse(bench.store);
    await succeed(bench.store, await add(bench.store, fresh(conversationId, 'photo')), ['one']);
    keep('bots');
    for (let hour = 0; hour < 26; hour += 1) {
      clock.advance(HOUR_MS);
      bench.now += HOUR_MS;
      await vi.waitFor(() => expect(swept.length + faults.length).toBe(hour + 1));
    }
    expect(faults).toEqual([]);
    expect(swept.map(({ turns }) => turns).filter((turns) => turns > 0)).toEqual([1]);
    expect(await bench.store.conversation(conversationId)).toBeUndefined();
  });

  it('is done by one of all processes', async () => {
    const lease = await bench.store.acquireLease('retention', 'another', 10 * HOUR_MS);
    keep('bots');
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    expect(swept).toEqual([]);
    if (lease) await bench.store.releaseLease(lease);
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(swept).toHaveLength(1));
  });

  it('tells of a failure, and tries again', async () => {
    vi.spyOn(bench.store, 'acquireLease').mockRejectedValueOnce(new Error('The disk is gone.'));
    keep('bots');
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(swept).toHaveLength(1));
  });
});
