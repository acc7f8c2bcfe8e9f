import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { interruption } from '../../src/pipeline/interruption.ts';
import type { Engine } from '../../src/pipeline/types.ts';
import type { ImageReference } from '../../src/store/image-reference.ts';
import { progressOf } from '../../src/queue/progress.ts';
import type { TurnImages, TurnLog, TurnRun } from '../../src/queue/types.ts';
import { UpdateLog } from '../../src/queue/update-log.ts';
import type { Outcome } from '../../src/queue/update.ts';
import { createWorker, outcomeWithoutRun, type RunFault } from '../../src/queue/worker.ts';
import { crash, GatedEngine, LATEST, SOURCE, type Play } from '../support/gated-engine.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { jobOf } from '../support/jobs.ts';

const REFINED: Play = { name: 'turn', verdicts: ['refine', 'success'] };

interface BenchOptions {
  readonly images?: TurnImages;
  readonly engine?: () => Promise<Engine>;
}

/** A worker with all around it, and one turn’s log. */
async function openBench({ images: given, engine: start }: BenchOptions = {}) {
  const images = new MemoryImages();
  await images.put(SOURCE);
  await images.put(LATEST);
  const engine = new GatedEngine();
  const clock = new ManualClock();
  const faults: RunFault[] = [];
  const worker = createWorker({
    engine: start ?? (async () => engine),
    images: given ?? images,
    onFault: (fault) => faults.push(fault),
    clock,
  });
  const log = new UpdateLog();
  const controller = new AbortController();
  const run = (part: Partial<TurnRun> = {}): Promise<Outcome> =>
    worker.run(
      {
        turnId: 'turn',
        job: jobOf(REFINED),
        facts: log.facts,
        isLastAttempt: false,
        ...part,
        log: part.log ?? log.begin(),
      },
      controller,
    );
  const listeners = () => getEventListeners(controller.signal, 'abort').length;
  return { images, engine, clock, faults, log, controller, run, listeners };
}

const typesIn = (log: UpdateLog): string[] => log.facts.map(({ type }) => type);

describe('a worker', () => {
  it('logs what it returns, and leaves neither listener nor timer nor call', async () => {
    const { run, log, listeners, clock, engine } = await openBench();
    const outcome = await run({ job: jobOf(REFINED, { timeLimitMs: 60_000 }) });
    expect(log.facts.at(-1)).toEqual({ type: 'ended', outcome });
    expect(listeners()).toBe(0);
    expect(clock.pending).toBe(0);
    expect(engine.open).toBe(0);
  });

  it('loads each picture once, and gives the engine one object for it', async () => {
    const { run, engine, images } = await openBench();
    const { source } = jobOf(REFINED);
    const seen: unknown[] = [];
    const think = engine.reasoner.think.bind(engine.reasoner);
    engine.reasoner.think = (input, call) => {
      seen.push(input.source, input.latest, ...input.references);
      return think(input, call);
    };
    await run({ job: jobOf(REFINED, { latest: source, references: [source] }) });
    expect(new Set(seen).size).toBe(1);
    expect(images.gets).toBe(1);
  });

  it.each(['stop', 'deadline', 'shutdown'] as const)(
    'broken off by a %s it leaves neither listener nor timer nor call',
    async (kind) => {
      const { run, engine, controller, clock, listeners, log } = await openBench();
      engine.hold('turn edit 2');
      const job = jobOf(REFINED, { timeLimitMs: 60_000 });
      const running = run({ job, isLastAttempt: true });
      await engine.arrivalAt('turn edit 2');
      if (kind === 'deadline') clock.advance(60_000);
      else controller.abort(interruption(kind));
      const best = { round: 1, reason: 'only-round' };
      if (kind === 'shutdown') {
        await expect(running).rejects.toMatchObject({ code: 'SHUTDOWN', retryable: true });
        expect(typesIn(log)).not.toContain('ended');
      } else {
        const expected = kind === 'stop' ? 'stopped' : 'expired';
        expect(await running).toMatchObject({ kind: expected, best });
      }
      expect(listeners()).toBe(0);
      expect(clock.pending).toBe(0);
      expect(engine.open).toBe(0);
    },
  );

  it.each(['stop', 'deadline', 'shutdown'] as const)(
    'hears a %s while its engine starts',
    async (kind) => {
      const never = new Promise<Engine>(() => {});
      const { run, controller, clock, listeners } = await openBench({ engine: () => never });
      const running = run({ job: jobOf(REFINED, { timeLimitMs: 60_000 }) });
      await new Promise((resolve) => setImmediate(resolve));
      if (kind === 'deadline') clock.advance(60_000);
      else controller.abort(interruption(kind));
      if (kind === 'shutdown') await expect(running).rejects.toMatchObject({ code: 'SHUTDOWN' });
      else expect(await running).toMatchObject({ rounds: [] });
      expect(listeners()).toBe(0);
      expect(clock.pending).toBe(0);
    },
  );

  it('answers at once when it was stopped before', async () => {
    const { run, controller, engine } = await openBench();
    controller.abort(new AppError('STOPPED', 'Stopped by Ann.'));
    expect(await run()).toEqual({ kind: 'stopped', reason: 'Stopped by Ann.', rounds: [] });
    expect(engine.reached).toEqual([]);
  });

  it('keeps the first deadline over all runs', async () => {
    const { run, engine, clock, log } = await openBench();
    engine.failAt('turn edit 1', crash());
    const job = jobOf(REFINED, { timeLimitMs: 60_000 });
    const deadlineAt = clock.now() + 60_000;
    await expect(run({ job })).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    clock.advance(50_000);
    engine.hold('turn edit 1');
    const running = run({ job });
    await engine.arrivalAt('turn edit 1');
    clock.advance(10_000);
    expect(await running).toMatchObject({ kind: 'expired' });
    const starts = log.facts.filter(({ type }) => type === 'started');
    expect(starts).toEqual([
      { type: 'started', deadlineAt },
      { type: 'started', deadlineAt },
    ]);
  });

  it('keeps the picture of a turn that is stopped as it is made', async () => {
    const images = new MemoryImages();
    await images.put(SOURCE);
    await images.put(LATEST);
    const put = images.put.bind(images);
    const bench = await openBench({ images });
    images.put = async (image) => {
      bench.controller.abort(interruption('stop'));
      return put(image);
    };
    expect(await bench.run()).toMatchObject({ kind: 'stopped', best: { round: 1 } });
  });

  it('waits for an image store for a minute, and no longer', async () => {
    const asked: ImageReference[] = [];
    const hanging: TurnImages = {
      get: (reference) => {
        asked.push(reference);
        return new Promise(() => {});
      },
      put: () => expect.fail('There is nothing to keep.'),
    };
    const { run, clock } = await openBench({ images: hanging });
    const running = run();
    await expect.poll(() => asked.length).toBe(2);
    clock.advance(60_000);
    await expect(running).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  });

  it('fails where a picture can not be kept, with what it had', async () => {
    const images = new MemoryImages();
    await images.put(SOURCE);
    await images.put(LATEST);
    const { run, engine } = await openBench({ images });
    images.put = () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'No room.'));
    expect(await run()).toEqual({ kind: 'failed', code: 'STORE_UNAVAILABLE', rounds: [] });
    expect(engine.open).toBe(0);
  });

  it('stops at once, and says no more, when the turn is another’s', async () => {
    const { run, log, engine, faults } = await openBench();
    engine.hold('turn edit 1');
    const running = run();
    await engine.arrivalAt('turn edit 1');
    log.begin();
    engine.letGo('turn edit 1');
    await expect(running).rejects.toMatchObject({ code: 'TURN_LOST' });
    expect(typesIn(log)).toEqual(['started', 'thought']);
    expect(engine.open).toBe(0);
    expect(faults).toEqual([]);
  });

  it('throws what can pass unless it is the last attempt, and tells both to the log', async () => {
    const { run, engine, faults } = await openBench();
    engine.failAt('turn edit 1', crash(), 2);
    await expect(run()).rejects.toMatchObject({ code: 'ENGINE_CRASHED', retryable: true });
    expect(await run({ isLastAttempt: true })).toMatchObject({
      kind: 'failed',
      code: 'ENGINE_CRASHED',
    });
    expect(faults.map(({ turnId, error, isRetried }) => [turnId, error.code, isRetried])).toEqual([
      ['turn', 'ENGINE_CRASHED', true],
      ['turn', 'ENGINE_CRASHED', false],
    ]);
  });

  it('does not fail for a live state that nobody takes', async () => {
    const { run, log } = await openBench();
    const own = log.begin();
    const deaf: TurnLog = {
      append: (facts) => own.append(facts),
      show: () => Promise.reject(new Error('no connection')),
    };
    expect(await run({ log: deaf })).toMatchObject({ kind: 'succeeded' });
  });

  it('writes no live state once a fact has overtaken it', async () => {
    const { run, log } = await openBench();
    const own = log.begin();
    const order: string[] = [];
    const slow: TurnLog = {
      append: (facts) => {
        order.push(...facts.map(({ type }) => type));
        return own.append(facts);
      },
      show: async ({ stage }) => {
        order.push(`${stage} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${stage} ends`);
      },
    };
    await run({ log: slow });
    const thought = order.indexOf('thought');
    expect(order.slice(0, thought)).toEqual(['started', 'thinking begins', 'thinking ends']);
    expect(order.slice(thought).join()).not.toContain('thinking');
  });

  it('needs nothing but the job and the facts to go on, after each of them', async () => {
    const unbroken = await openBench();
    const outcome = await unbroken.run();
    const { facts } = unbroken.log;
    for (let told = 0; told < facts.length - 1; told += 1) {
      const { run, images } = await openBench();
      for (const [id, image] of unbroken.images.kept) images.kept.set(id, image);
      expect(await run({ facts: facts.slice(0, told) })).toEqual(outcome);
      const { thought, rounds } = progressOf(undefined, facts.slice(0, told));
      const finished = { rounds, ...(thought && { thought }) };
      const again = await openBench();
      for (const [id, image] of unbroken.images.kept) again.images.kept.set(id, image);
      expect(await again.run({ job: jobOf(REFINED, { finished }) })).toEqual(outcome);
    }
  });
});

describe('the outcome without a run', () => {
  it('has the best of the rounds in the job and the facts', async () => {
    const { run, log } = await openBench();
    await run();
    const { thought, rounds } = progressOf(undefined, log.facts);
    const [first] = rounds;
    const finished = { rounds: first ? [first] : [], ...(thought && { thought }) };
    const job = JSON.parse(JSON.stringify(jobOf(REFINED, { finished })));
    expect(outcomeWithoutRun(job, [], { kind: 'expired' })).toEqual({
      kind: 'expired',
      rounds: [first],
      best: { round: 1, reason: 'only-round' },
    });
    expect(outcomeWithoutRun(job, log.facts, { kind: 'expired' })).toMatchObject({
      rounds,
      best: { round: 2 },
    });
  });

  it('has no rounds where the job can not be read', () => {
    const ending = { kind: 'failed', code: 'JOB_UNREADABLE' } as const;
    expect(outcomeWithoutRun('job', [], ending)).toEqual({ ...ending, rounds: [] });
  });
});
