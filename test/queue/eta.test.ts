import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Durations, expectEnds } from '../../src/queue/eta.ts';

describe('durations', () => {
  it('have no median before the first', () => {
    expect(new Durations().median()).toBeUndefined();
  });

  it('have the median of the recent ones, which one odd turn hardly moves', () => {
    const durations = new Durations();
    for (const duration of [10, 30, 20]) durations.add(duration);
    expect(durations.median()).toBe(20);
    durations.add(9_000);
    expect(durations.median()).toBe(25);
    for (let turn = 0; turn < 32; turn += 1) durations.add(7);
    expect(durations.median()).toBe(7);
  });
});

describe('expected ends', () => {
  it('take running turns to their median, and no less than nothing', () => {
    expect(expectEnds(10, 2, [4, 25], 0)).toEqual({ running: [6, 0], waiting: [] });
  });

  it('let waiting turns start in the order in which places get free', () => {
    expect(expectEnds(10, 2, [4, 9], 3).waiting).toEqual([11, 16, 21]);
    expect(expectEnds(10, 3, [4], 2).waiting).toEqual([10, 10]);
  });

  it('are what playing them through would give', () => {
    const anyRunning = fc.array(fc.nat(200), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        anyRunning,
        fc.nat(20),
        (duration, running, waiting) => {
          const frees = Array.from({ length: 4 }, (_, index) =>
            Math.max(0, duration - (running[index] ?? Number.POSITIVE_INFINITY)),
          );
          const played = Array.from({ length: waiting }, () => {
            const first = Math.min(...frees);
            frees[frees.indexOf(first)] = first + duration;
            return first + duration;
          });
          expect(expectEnds(duration, 4, running, waiting).waiting).toEqual(played);
        },
      ),
    );
  });
});
