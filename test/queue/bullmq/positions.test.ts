import { describe, expect, it } from 'vitest';

import { openBullBench, useRedis } from '../../support/bull-bench.ts';
import { crash } from '../../support/gated-engine.ts';
import { jobOf, outcomeOf } from '../../support/jobs.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('positions in Redis', () => {
  const redis = useRedis();

  it('expect each turn to take what the recent ones took, on as many workers as there are', async () => {
    const bench = await openBullBench(redis.server.url);
    const clock = new ManualClock();
    const queue = bench.openQueue({ clock });
    const first = bench.openWorker({ clock });
    for (const [index, durationMs] of [4_000, 60_000, 6_000].entries()) {
      const name = `turn ${index}`;
      first.engine.hold(`${name} think`);
      await queue.enqueue(jobOf({ name, thought: 'question' }));
      await first.engine.arrivalAt(`${name} think`);
      clock.advance(durationMs);
      first.engine.letGo(`${name} think`);
      await outcomeOf(queue, name);
    }

    first.engine.hold('running think');
    await queue.enqueue(jobOf({ name: 'running' }));
    await first.engine.arrivalAt('running think');
    await queue.enqueue(jobOf({ name: 'next' }));
    await queue.enqueue(jobOf({ name: 'later' }));
    clock.advance(1_000);
    const places = async () => [
      ...(await queue.position(['running', 'next', 'later', 'turn 0', 'unknown'])),
    ];
    expect(await places()).toEqual([
      ['running', { ahead: 0, etaMs: 5_000 }],
      ['next', { ahead: 0, etaMs: 11_000 }],
      ['later', { ahead: 1, etaMs: 17_000 }],
    ]);

    const second = bench.openWorker({ clock });
    second.engine.hold('next think');
    await second.engine.arrivalAt('next think');
    clock.advance(2_000);
    expect(await places()).toEqual([
      ['running', { ahead: 0, etaMs: 3_000 }],
      ['next', { ahead: 0, etaMs: 4_000 }],
      ['later', { ahead: 0, etaMs: 9_000 }],
    ]);
  });

  it('expect nothing before the first turn has ended, nor where nobody serves the engine', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    await queue.enqueue(jobOf({ name: 'waiting' }));
    expect(await queue.position(['waiting'])).toEqual(new Map([['waiting', { ahead: 0 }]]));
    const { engine, worker } = bench.openWorker();
    await outcomeOf(queue, 'waiting');
    await worker[Symbol.asyncDispose]();
    await queue.enqueue(jobOf({ name: 'next' }));
    expect(await queue.position(['next'])).toEqual(new Map([['next', { ahead: 0 }]]));
    expect(engine.open).toBe(0);
  });

  it('put a turn first that failed, and is tried again', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker({ retryDelayMs: 1_000_000 });
    engine.failAt('turn think', crash());
    engine.hold('next think');
    await queue.enqueue(jobOf({ name: 'turn' }));
    await queue.enqueue(jobOf({ name: 'next' }));
    await queue.enqueue(jobOf({ name: 'later' }));
    await engine.arrivalAt('next think');
    const places = await queue.position(['turn', 'later']);
    expect([...places].map(([name, { ahead }]) => [name, ahead])).toEqual([
      ['turn', 0],
      ['later', 0],
    ]);
    expect(await queue.cancel('turn', 'Stopped.')).toBe('removed');
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'stopped', rounds: [] });
  });
});
