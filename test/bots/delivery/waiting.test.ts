import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { Bell } from '../../../src/bots/delivery/bell.ts';
import { withLease } from '../../../src/bots/delivery/lease.ts';
import { DELIVERY_TIMING } from '../../../src/bots/delivery/parts.ts';
import { delayAfter, patiently, pause } from '../../../src/bots/delivery/patience.ts';
import { AppError } from '../../../src/errors.ts';
import type { Lease } from '../../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const settle = () => new Promise(setImmediate);
const busy = () => new AppError('STORE_UNAVAILABLE', 'Busy.', { retryable: true });

describe('waiting', () => {
  it('ends with its time or its signal, and leaves nothing behind', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const { signal } = controller;
    const bell = new Bell();
    const waits = [pause(clock, 100, { signal }), bell.wait(clock, clock.now() + 100, { signal })];
    clock.advance(100);
    await Promise.all(waits);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const more = [pause(clock, 100, { signal }), bell.wait(clock, undefined, { signal })];
    const reason = new Error('enough');
    controller.abort(reason);
    for (const wait of more) await expect(wait).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('hears a bell that was rung just before', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const bell = new Bell();
    bell.ring();
    bell.ring();
    await bell.wait(clock, undefined, { signal });
    const waiting = bell.wait(clock, undefined, { signal });
    let isAwake = false;
    void waiting.then(() => (isAwake = true));
    await settle();
    expect(isAwake).toBe(false);
    bell.ring();
    await waiting;
  });

  it('gets longer, up to a limit, and never shorter than it was told', () => {
    const timing = { ...DELIVERY_TIMING, retryMs: 1_000, maxRetryMs: 5_000 };
    const delays = [1, 2, 3, 4, 50].map((failures) => delayAfter(failures, {}, timing));
    expect(delays).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(delayAfter(1, { retryAfterMs: 9_000 }, timing)).toBe(9_000);
  });

  it('is for failures that can pass', async () => {
    const clock = new ManualClock();
    const call = { signal: new AbortController().signal };
    const faults: string[] = [];
    const tools = {
      clock,
      timing: DELIVERY_TIMING,
      onFault: ({ code }: AppError) => faults.push(code),
    };
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      if (attempts < 3) throw busy();
      return 'done';
    };
    const working = patiently(work, tools, call);
    for (let count = 0; count < 3; count += 1) {
      await settle();
      clock.advanceToNext();
    }
    expect(await working).toBe('done');
    expect(faults).toEqual(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
    const fails = () => Promise.reject(new Error('a fault'));
    await expect(patiently(fails, tools, call)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('a lease', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());
  const tools = (clock: ManualClock, changes = {}) => ({
    store: bench.store,
    clock,
    owner: 'one',
    timing: DELIVERY_TIMING,
    onFault: () => {},
    ...changes,
  });
  const call = { signal: new AbortController().signal };
  /** What the work of the lease ended with; it waits for its signal. */
  const untilStopped = (_lease: Lease, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<void>((_resolve, reject) => {
      const stop = () => reject(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });

  it('is for one at a time, and given back', async () => {
    const clock = new ManualClock();
    await withLease(
      tools(clock),
      'turn:1',
      async () => {
        const work = () => Promise.reject(new Error('It was let in.'));
        expect(await withLease(tools(clock, { owner: 'two' }), 'turn:1', work, call)).toBe(false);
      },
      call,
    );
    expect(clock.pending).toBe(0);
    const work = async () => {};
    expect(await withLease(tools(clock, { owner: 'two' }), 'turn:1', work, call)).toBe(true);
  });

  it('is renewed for as long as the work takes', async () => {
    const clock = new ManualClock();
    const renewals: number[] = [];
    const store = {
      ...bench.store,
      renewLease: (lease: Lease, forMs: number) => {
        renewals.push(clock.now());
        return bench.store.renewLease(lease, forMs);
      },
    };
    await withLease(
      tools(clock, { store }),
      'turn:1',
      async (_lease, { signal }) => {
        for (let count = 0; count < 20; count += 1) {
          clock.advance(DELIVERY_TIMING.leaseMs / 3);
          for (let turn = 0; turn < 4; turn += 1) await settle();
        }
        expect(signal.aborted).toBe(false);
      },
      call,
    );
    expect(renewals.length).toBeGreaterThanOrEqual(19);
  });

  it('ends when somebody else has it, or nobody can tell in time', async () => {
    const clock = new ManualClock();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const work = (lease: Lease, inner: { readonly signal: AbortSignal }) => {
      begin();
      return untilStopped(lease, inner);
    };
    const stopped = withLease(tools(clock), 'turn:1', work, call);
    await begun;
    await bench.store.acquireLease('turn:1', 'one', 60_000);
    clock.advance(DELIVERY_TIMING.leaseMs / 3);
    await expect(stopped).rejects.toMatchObject({ code: 'LEASE_LOST' });

    const store = { ...bench.store, renewLease: () => Promise.reject(busy()) };
    const alone = expect(
      withLease(tools(clock, { store }), 'turn:2', untilStopped, call),
    ).rejects.toMatchObject({ code: 'LEASE_LOST' });
    for (let count = 0; count < 20; count += 1) {
      await settle();
      clock.advance(DELIVERY_TIMING.leaseMs / 6);
    }
    await alone;
    expect(clock.pending).toBe(0);
  });

  it('ends with the caller’s signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { signal } = controller;
    const stopped = withLease(tools(new ManualClock()), 'turn:1', untilStopped, { signal });
    await settle();
    controller.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
