import { describe, expect, it } from 'vitest';

import type { Clock } from '../../src/queue/clock.ts';
import { SYSTEM_CLOCK } from '../../src/queue/clock.ts';
import { atTime, earliest } from '../../src/queue/deadline.ts';
import { ManualClock } from '../support/manual-clock.ts';

describe('atTime', () => {
  it('acts at once at a time that is past, and never without one', () => {
    const clock = new ManualClock();
    const acted: string[] = [];
    atTime(clock, clock.now(), () => acted.push('past'));
    atTime(clock, undefined, () => acted.push('none'));
    expect(acted).toEqual(['past']);
    expect(clock.pending).toBe(0);
  });

  it('acts on time with a clock that wakes early, unless it was called off', () => {
    const clock = new ManualClock();
    const early: Clock = {
      now: () => clock.now(),
      after: (delayMs, action) => clock.after(Math.min(delayMs, 100), action),
    };
    const acted: number[] = [];
    const start = clock.now();
    atTime(early, start + 250, () => acted.push(clock.now() - start));
    const callOff = atTime(early, start + 250, () => acted.push(Number.NaN));
    clock.advance(150);
    callOff();
    clock.advance(1_000);
    expect(acted).toEqual([250]);
  });

  it('waits for a time in the far future with the clock of the system', async () => {
    let hasActed = false;
    const callOff = atTime(SYSTEM_CLOCK, Date.now() + 1e12, () => (hasActed = true));
    await new Promise((resolve) => setImmediate(resolve));
    callOff();
    expect(hasActed).toBe(false);
  });
});

describe('earliest', () => {
  it('is the earliest of the times there are', () => {
    expect(earliest(undefined, 3, 2)).toBe(2);
    expect(earliest(undefined, undefined)).toBeUndefined();
  });
});
