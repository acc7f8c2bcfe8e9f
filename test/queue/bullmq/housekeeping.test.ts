import { describe, expect, it } from 'vitest';

import { takeTurn } from '../../../src/queue/bullmq/runs.ts';
import { TicketOffice } from '../../../src/queue/bullmq/tickets.ts';
import { enqueueTurn } from '../../../src/queue/bullmq/turns.ts';
import { readAddress } from '../../../src/queue/job.ts';
import { openBullBench, useRedis, type BullBench } from '../../support/bull-bench.ts';
import { jobOf, outcomeOf, read } from '../../support/jobs.ts';

const keysOf = async ({ home: { redis, keys } }: BullBench): Promise<string[]> =>
  (await redis.keys(`${keys.prefix}:*`)).toSorted();

describe('the queue in Redis', () => {
  const redis = useRedis();

  it('keeps nothing of turns that were released', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    const play = (name: string) => queue.enqueue(jobOf({ name }, { person: name }));
    await play('first');
    await outcomeOf(queue, 'first');
    await queue.release('first');
    await expect.poll(() => bench.home.redis.keys('*:tickets:gated:????????-*')).toEqual([]);
    const before = await keysOf(bench);

    engine.hold('one think');
    await play('one');
    await engine.arrivalAt('one think');
    await play('two');
    await play('three');
    expect(await queue.cancel('three', 'Stopped.')).toBe('removed');
    engine.letGo('one think');
    for (const name of ['one', 'two', 'three']) {
      await outcomeOf(queue, name);
      await queue.release(name);
    }
    await expect.poll(() => keysOf(bench)).toEqual(before);
  });

  it('forgets turns that have ended and that nobody releases, a week later', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    bench.openWorker();
    await queue.enqueue(jobOf({ name: 'turn' }));
    await outcomeOf(queue, 'turn');
    const { redis: client, keys } = bench.home;
    for (const key of [keys.turn('turn'), `${keys.prefix}:log:turn`]) {
      const hours = (await client.pttl(key)) / 3_600_000;
      expect(hours).toBeGreaterThan(167);
      expect(hours).toBeLessThanOrEqual(168);
    }
    expect(await client.hkeys(keys.turn('turn'))).not.toContain('job');
  });

  it('runs a turn whose ticket was never issued', async () => {
    const bench = await openBullBench(redis.server.url);
    const job = jobOf({ name: 'turn' });
    await enqueueTurn(bench.home, readAddress(job), JSON.stringify(job));
    const { engine } = bench.openWorker();
    const queue = bench.openQueue();
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
    expect(engine.reached).toContain('turn think');
  });

  it('runs a turn that is enqueued again where whoever did it first died in between', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    bench.openWorker();
    await queue.enqueue(jobOf({ name: 'other' }));
    await outcomeOf(queue, 'other');
    const job = jobOf({ name: 'turn' });
    await enqueueTurn(bench.home, readAddress(job), JSON.stringify(job));
    await queue.enqueue(job);
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
  });

  it('takes one ticket too many for none', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    const office = new TicketOffice(bench.home);
    for (const name of ['spare', 'another']) await office.issue('gated', name);
    await queue.enqueue(jobOf({ name: 'turn' }));
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
    expect(engine.reached).toHaveLength(3);
    await office.close();
  });

  it('begins a run once, also where the answer to that gets lost', async () => {
    const { home } = await openBullBench(redis.server.url);
    await enqueueTurn(home, { turnId: 'turn', engine: 'gated', person: 'ann' }, '{}');
    const take = (run: string) => takeTurn(home, 'gated', 'ticket', run, 0);
    const first = await take('run');
    expect(await take('run')).toEqual(first);
    expect(await take('next')).toMatchObject({ turnId: 'turn', epoch: 2, attempts: 2 });
  });

  it('goes on from what is left where Redis lost what it was told last', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    engine.hold('turn edit 2');
    await queue.enqueue(jobOf({ name: 'turn', verdicts: ['refine', 'success'] }));
    await engine.arrivalAt('turn edit 2');
    const { redis: client, keys } = bench.home;
    const log = `${keys.prefix}:log:turn`;
    await client.xdel(log, '4-0');
    await client.call('XSETID', log, '3-0');
    await client.hset(keys.turn('turn'), 'facts', 3);
    engine.letGo('turn edit 2');
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded', best: { round: 2 } });
    expect(engine.reached.filter((place) => place === 'turn reflect 1')).toHaveLength(2);
  });

  it('lets a turn expire whose worker is gone for good', async () => {
    const bench = await openBullBench(redis.server.url);
    const job = jobOf({ name: 'turn' }, { deadlineAt: Date.now() + 50 });
    await enqueueTurn(bench.home, readAddress(job), JSON.stringify(job));
    await takeTurn(bench.home, 'gated', 'ticket', 'run', Date.now());
    const queue = bench.openQueue();
    expect((await read(queue, 'turn')).at(-1)).toMatchObject({
      epoch: 2,
      outcome: { kind: 'expired', rounds: [] },
    });
  });

  it('tells which engines there are, and what all of their workers can do', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    expect(await queue.engines()).toEqual(new Map());
    const all = { seeded: true, previews: true, maxImages: 4, masks: true };
    const less = { seeded: true, previews: false, maxImages: 2, masks: false };
    const one = bench.openWorker({ engines: { 'fast: a': all } });
    const other = bench.openWorker({ engines: { 'fast: a': less, exact: all } });
    await expect
      .poll(() => queue.engines())
      .toEqual(
        new Map([
          ['fast: a', less],
          ['exact', all],
        ]),
      );
    await other.worker[Symbol.asyncDispose]();
    expect(await queue.engines()).toEqual(new Map([['fast: a', all]]));
    const [worker = ''] = await bench.home.redis.smembers(bench.home.keys.workers);
    expect(await bench.home.redis.pttl(bench.home.keys.worker(worker))).toBeGreaterThan(0);
    await bench.home.redis.del(bench.home.keys.worker(worker));
    expect(await queue.engines()).toEqual(new Map());
    expect(one.engine.reached).toEqual([]);
  });
});
