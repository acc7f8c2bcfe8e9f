import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';

import { checkRedisSettings } from '../../../src/queue/bullmq/check-settings.ts';
import { openBullBench, useRedis } from '../../support/bull-bench.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { factsIn, firstOf, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { startRedis } from '../../support/redis.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const PLAY = { name: 'turn', verdicts: ['refine', 'success'] } as const;

describe('a connection to Redis', () => {
  const redis = useRedis({ settings: { appendonly: 'yes', appendfsync: 'always' } });

  /** The same Redis by a way that can be cut off. */
  const startProxy = async () => {
    const proxy = await startTcpProxy(Number(new URL(redis.server.url).port));
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    return { ...proxy, url: `redis://127.0.0.1:${proxy.port}` };
  };

  it('that a worker loses makes it miss no cancel', async () => {
    const bench = await openBullBench(redis.server.url);
    const proxy = await startProxy();
    const queue = bench.openQueue();
    const { engine } = bench.openWorker({ redisUrl: proxy.url });
    engine.hold('turn edit 1');
    await queue.enqueue(jobOf(PLAY));
    await engine.arrivalAt('turn edit 1');
    proxy.cut();
    expect(await queue.cancel('turn', 'Stopped.')).toBe('signalled');
    proxy.mend();
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'stopped', reason: 'Stopped.' });
  });

  it('that is lost with answers on their way loses no fact and repeats none', async () => {
    const bench = await openBullBench(redis.server.url);
    const proxy = await startProxy();
    const queue = bench.openQueue({ redisUrl: proxy.url });
    const { engine } = bench.openWorker({ redisUrl: proxy.url });
    let steps = 0;
    engine.onStep = () => {
      steps += 1;
      if (steps % 3 === 0) proxy.loseAnswer();
    };
    const play = { name: 'turn', verdicts: ['refine', 'refine', 'success'], steps: 6 } as const;
    await queue.enqueue(jobOf(play));
    const facts = factsIn(await read(queue, 'turn'));
    expect(facts.map(({ type }) => type).join()).toMatch(
      /^started,(?:started,)*thought,(?:round,round,){3}ended$/,
    );
    expect(steps).toBeGreaterThan(20);
  });

  it('serves any number of readers', async () => {
    const bench = await openBullBench(redis.server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    engine.hold('turn 0 think');
    const names = Array.from({ length: 100 }, (_, index) => `turn ${index}`);
    for (const name of names) await queue.enqueue(jobOf({ name, thought: 'question' }));
    const count = async () => String(await bench.home.redis.client('LIST')).split('\n').length;
    const before = await count();
    const outcomes = Promise.all(names.map((name) => outcomeOf(queue, name)));
    await firstOf(queue, 'turn 0', 'started');
    expect(await count()).toBe(before);
    engine.letGo('turn 0 think');
    expect(await outcomes).toHaveLength(100);
    const [, subscriptions] = await bench.home.redis.pubsub(
      'NUMSUB',
      bench.home.keys.news(names[0] ?? ''),
    );
    expect(subscriptions).toBe(0);
  });

  it('that is refused fails calls in a way that passes, and does not hold up the end', async () => {
    const bench = await openBullBench(redis.server.url);
    const proxy = await startProxy();
    proxy.cut();
    const faults: string[] = [];
    const onFault = ({ code }: { code: string }) => void faults.push(code);
    const queue = bench.openQueue({ redisUrl: proxy.url, onFault });
    const { worker } = bench.openWorker({ redisUrl: proxy.url, onFault });
    await expect(queue.position(['turn'])).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
    });
    expect(new Set(faults)).toEqual(new Set(['STORE_UNAVAILABLE']));
    await worker[Symbol.asyncDispose]();
    await queue[Symbol.asyncDispose]();
  });
});

describe('a Redis', () => {
  it('that crashes and is started again goes on with all that it was told', async () => {
    await using server = await startRedis({
      settings: { appendonly: 'yes', appendfsync: 'always' },
    });
    const bench = await openBullBench(server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    engine.hold('turn edit 2');
    await queue.enqueue(jobOf(PLAY));
    await queue.enqueue(jobOf({ name: 'next' }));
    const reading = read(queue, 'turn');
    await engine.arrivalAt('turn edit 2');
    await server.kill();
    await server.start();
    engine.letGo('turn edit 2');
    const facts = factsIn(await reading);
    expect(facts.at(-1)).toMatchObject({ outcome: { kind: 'succeeded', best: { round: 2 } } });
    expect(facts.filter(({ type }) => type === 'round')).toHaveLength(4);
    expect(await outcomeOf(queue, 'next')).toMatchObject({ kind: 'succeeded' });
  });

  it('that lost all it knew tells it to those who read', async () => {
    await using server = await startRedis();
    const bench = await openBullBench(server.url);
    const queue = bench.openQueue();
    const { engine } = bench.openWorker();
    engine.hold('turn edit 1');
    await queue.enqueue(jobOf(PLAY));
    const reading = read(queue, 'turn');
    await engine.arrivalAt('turn edit 1');
    await server.kill();
    await server.start();
    await expect(reading).rejects.toMatchObject({ code: 'UPDATES_GONE' });
    engine.letGo('turn edit 1');
    await queue.enqueue(jobOf(PLAY));
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
  });

  it('can want a password', async () => {
    await using server = await startRedis({ password: 'open sesame:@/' });
    const bench = await openBullBench(server.url);
    const queue = bench.openQueue();
    bench.openWorker();
    await queue.enqueue(jobOf(PLAY));
    expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
  });

  it('can speak TLS, whose certificate somebody vouches for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reasonedit-tls-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const tls = makeCertificate(folder);
    await using server = await startRedis({ tls, password: 'secret' });
    const script = fileURLToPath(new URL('../../support/children/bull-turn.mjs', import.meta.url));
    const play = (environment: Record<string, string>) =>
      execFileSync(process.execPath, [script, server.url], {
        env: { ...process.env, ...environment },
        encoding: 'utf8',
      });
    expect(play({ NODE_EXTRA_CA_CERTS: tls.certificateFile })).toBe('failed JOB_UNREADABLE');
    expect(play({})).toBe('STORE_UNAVAILABLE self-signed certificate');
  });

  it.each([
    [{ appendonly: 'yes', appendfsync: 'always' }, []],
    [{ appendonly: 'yes' }, ['appendfsync is everysec']],
    [{}, ['appendonly is no']],
    [
      { 'maxmemory-policy': 'allkeys-lru', appendonly: 'yes', appendfsync: 'no' },
      ['maxmemory-policy is allkeys-lru', 'appendfsync is no'],
    ],
    [
      { 'rename-command': ['CONFIG', ''], appendonly: 'yes', 'maxmemory-policy': 'volatile-ttl' },
      ['maxmemory-policy is volatile-ttl'],
    ],
  ])('whose settings are %o is warned of', async (settings, expected) => {
    await using server = await startRedis({ settings });
    const redis = new Redis(server.url);
    try {
      const warnings = await checkRedisSettings(redis);
      expect(warnings.map((warning) => warning.split(':')[0])).toEqual(expected);
    } finally {
      redis.disconnect();
    }
  });
});
