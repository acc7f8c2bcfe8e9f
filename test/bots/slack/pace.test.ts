import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pace } from '../../../src/bots/slack/pace.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const call = { signal: new AbortController().signal };

describe('the pace', () => {
  it.each([
    ['chat.update', 50],
    ['files.info', 100],
  ])('of %s is never more than %i in a minute', async (method, perMinute) => {
    const gaps = fc.array(fc.integer({ min: 0, max: 2_500 }), { minLength: 150, maxLength: 250 });
    await fc.assert(
      fc.asyncProperty(gaps, async (waits) => {
        const clock = new ManualClock();
        const pace = new Pace(clock);
        const made: number[] = [];
        for (const wait of waits) {
          clock.advance(wait);
          const taken = pace.take('T1', method, 'C1', call).then(
            () => made.push(clock.now()),
            () => undefined,
          );
          await Promise.race([taken, Promise.resolve()]);
        }
        clock.advance(60_000);
        for (const at of made) {
          expect(
            made.filter((other) => other > at - 60_000 && other <= at).length,
          ).toBeLessThanOrEqual(perMinute);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('keeps nobody waiting who would write what is out of date', async () => {
    const pace = new Pace(new ManualClock());
    const results: unknown[] = [];
    for (let count = 0; count < 20; count += 1) {
      results.push(
        await pace.take('T1', 'chat.update', 'C1', call).catch((error: unknown) => error),
      );
    }
    expect(results.filter((result) => result === undefined)).toHaveLength(10);
    expect(results.at(-1)).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number) as number,
    });
    await pace.take('T2', 'chat.update', 'C1', call);
  });

  it('of new messages is one a second in each channel', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock);
    const made: number[] = [];
    const posts = [0, 1, 2].map(() =>
      pace.take('T1', 'chat.postMessage', 'C1', call).then(() => made.push(clock.now())),
    );
    await pace.take('T1', 'chat.postMessage', 'C2', call);
    const start = clock.now();
    for (let step = 0; step < 30; step += 1) {
      clock.advance(100);
      await Promise.resolve();
    }
    await Promise.all(posts);
    expect(made.map((at) => Math.floor((at - start) / 1_000))).toEqual([0, 1, 2]);
  });

  it('hears the signal', async () => {
    const pace = new Pace(new ManualClock());
    await pace.take('T1', 'chat.postMessage', 'C1', call);
    const controller = new AbortController();
    const waiting = pace.take('T1', 'chat.postMessage', 'C1', controller);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await pace.take('T1', 'chat.postMessage', 'C2', call);
  });
});
