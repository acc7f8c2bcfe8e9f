import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { interruption } from '../../src/pipeline/interruption.ts';
import type { ContentCheck, TurnRun } from '../../src/queue/types.ts';
import { UpdateLog } from '../../src/queue/update-log.ts';
import type { LiveState, Outcome } from '../../src/queue/update.ts';
import { createWorker, type RunFault } from '../../src/queue/worker.ts';
import { GatedEngine, LATEST, promptOf, SOURCE, type Play } from '../support/gated-engine.ts';
import { jobOf } from '../support/jobs.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryImages, referenceTo } from '../support/memory-images.ts';
import { picture } from '../support/scripted-engine.ts';
import { ScriptedCheck } from '../support/scripted-check.ts';

const PLAY: Play = { name: 'turn', verdicts: ['refine', 'success'], previews: true };
const REFERENCE = picture('reference');
const JOB = jobOf(PLAY, { references: [referenceTo(REFERENCE)] });
const PROMPT = promptOf(PLAY);
const REQUEST = [PROMPT, 'latest', 'source', 'reference'];

const instruction = (round: number): string => JSON.stringify({ play: PLAY, round });

const unavailable = (): AppError =>
  new AppError('MODERATION_UNAVAILABLE', 'It is out of order.', { retryable: true });

/** A worker with a check, and one turn’s log. */
async function openBench(given?: ContentCheck) {
  const images = new MemoryImages();
  for (const image of [SOURCE, LATEST, REFERENCE]) await images.put(image);
  const stored = images.puts;
  const engine = new GatedEngine();
  const clock = new ManualClock();
  const faults: RunFault[] = [];
  const check = new ScriptedCheck();
  const worker = createWorker({
    engine: async () => engine,
    images,
    contentCheck: given ?? check,
    onFault: (fault) => faults.push(fault),
    clock,
  });
  const log = new UpdateLog();
  const states: LiveState[] = [];
  const controller = new AbortController();
  const run = (part: Partial<TurnRun> = {}): Promise<Outcome> => {
    const own = log.begin();
    const watched: TurnRun['log'] = {
      append: (facts) => own.append(facts),
      show: (state) => {
        states.push(state);
        return own.show(state);
      },
    };
    return worker.run(
      { turnId: 'turn', job: JOB, facts: log.facts, isLastAttempt: false, log: watched, ...part },
      controller,
    );
  };
  // Each live state is written, as time passes between them.
  engine.onStep = () => clock.advance(250);
  const leftovers = () => [
    getEventListeners(controller.signal, 'abort').length,
    clock.pending,
    engine.open,
  ];
  const newPictures = () => images.puts - stored;
  return {
    images,
    engine,
    clock,
    faults,
    check,
    log,
    states,
    controller,
    run,
    leftovers,
    newPictures,
  };
}

type Bench = Awaited<ReturnType<typeof openBench>>;

const factTypes = ({ log }: Bench): string[] => log.facts.map(({ type }) => type);

/** The bytes of the rounds’ pictures as text, of a turn that nobody refuses. */
async function picturesOfRounds(): Promise<string[]> {
  const { run, check } = await openBench();
  await run();
  return check.asked.filter((asked) => asked.startsWith('latest >'));
}

describe('a worker with a content check', () => {
  it('asks about the words, each picture, each instruction and each result, once', async () => {
    const { run, check } = await openBench();
    expect(await run()).toMatchObject({ kind: 'succeeded', best: { round: 2 } });
    const [first = '', second = ''] = await picturesOfRounds();
    expect(check.asked).toEqual([...REQUEST, instruction(1), first, instruction(2), second]);
  });

  it('asks about one picture once, whatever it is for', async () => {
    const { run, check } = await openBench();
    const { source } = JOB;
    await run({ job: jobOf(PLAY, { latest: source, references: [source] }) });
    expect(check.asked.filter((asked) => asked === 'source')).toHaveLength(1);
  });

  it.each(REQUEST)('declines a request for %s, and calls no engine', async (refused) => {
    const bench = await openBench();
    bench.check.answer(refused, false);
    const outcome = await bench.run();
    expect(outcome).toMatchObject({ kind: 'declined', code: 'CONTENT_REFUSED' });
    expect(outcome).toHaveProperty('text', expect.stringMatching(/^I can’t [^.]+\.$/));
    expect(bench.check.asked.at(-1)).toBe(refused);
    expect(bench.engine.reached).toEqual([]);
    expect(factTypes(bench)).toEqual(['started', 'ended']);
    expect(bench.faults).toEqual([]);
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });

  it('declines a plan, before it is logged', async () => {
    const bench = await openBench();
    bench.check.answer(instruction(1), false);
    expect(await bench.run()).toMatchObject({ kind: 'declined', code: 'CONTENT_REFUSED' });
    expect(bench.engine.reached).toEqual(['turn think']);
    expect(factTypes(bench)).toEqual(['started', 'ended']);
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });

  it('leaves to the code what is told of the refusal of an engine, whose words are for the log', async () => {
    const bench = await openBench();
    bench.engine.failAt('turn think', new AppError('CONTENT_REFUSED', 'The server refused.'));
    expect(await bench.run()).toEqual({ kind: 'declined', code: 'CONTENT_REFUSED', text: '' });
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });

  it('fails at a refused result, which is neither stored nor logged', async () => {
    const bench = await openBench();
    const [first = ''] = await picturesOfRounds();
    bench.check.answer(first, false);
    expect(await bench.run()).toEqual({ kind: 'failed', code: 'CONTENT_REFUSED', rounds: [] });
    expect(bench.newPictures()).toBe(0);
    expect(factTypes(bench)).toEqual(['started', 'thought', 'ended']);
    expect(bench.faults).toMatchObject([{ error: { code: 'CONTENT_REFUSED' }, isRetried: false }]);
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });

  it('answers with the rounds that were fine before a refused one', async () => {
    const bench = await openBench();
    const [, second = ''] = await picturesOfRounds();
    bench.check.answer(second, false);
    const outcome = await bench.run();
    expect(outcome).toMatchObject({
      kind: 'failed',
      code: 'CONTENT_REFUSED',
      rounds: [{ round: 1, reflection: { verdict: 'refine' } }],
      best: { round: 1, reason: 'only-round' },
    });
    expect(bench.newPictures()).toBe(1);
  });

  it('fails at a refused instruction of a later round, which is not carried out', async () => {
    const bench = await openBench();
    bench.check.answer(instruction(2), false);
    expect(await bench.run()).toMatchObject({
      kind: 'failed',
      code: 'CONTENT_REFUSED',
      best: { round: 1 },
    });
    expect(bench.engine.reached).not.toContain('turn edit 2');
  });

  it('shows no preview, which would be unchecked', async () => {
    const { run, states } = await openBench();
    await run();
    const editing = states.filter(({ stage }) => stage === 'editing');
    expect(editing).toContainEqual(expect.objectContaining({ steps: { done: 1, total: 2 } }));
    for (const state of editing) expect(state).not.toHaveProperty('preview');
  });

  it('shows previews where words alone are checked', async () => {
    const asked: string[] = [];
    const { run, states } = await openBench({
      allowsText: async (text) => {
        asked.push(text);
        return true;
      },
    });
    expect(await run()).toMatchObject({ kind: 'succeeded' });
    expect(asked).toEqual([PROMPT, instruction(1), instruction(2)]);
    expect(states).toContainEqual(
      expect.objectContaining({ preview: expect.anything() as unknown }),
    );
  });

  it.each(['request', 'result'])('makes no picture without a verdict on a %s', async (which) => {
    const bench = await openBench();
    const [first = ''] = await picturesOfRounds();
    bench.check.answer(which === 'request' ? PROMPT : first, unavailable());
    await expect(bench.run()).rejects.toMatchObject({ code: 'MODERATION_UNAVAILABLE' });
    expect(await bench.run({ isLastAttempt: true })).toEqual({
      kind: 'failed',
      code: 'MODERATION_UNAVAILABLE',
      rounds: [],
    });
    expect(bench.newPictures()).toBe(0);
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });

  it.each([1, 2])(
    'goes on from its log in round %i without asking again about the request and the plan',
    async (round) => {
      const bench = await openBench();
      const [first = '', second = ''] = await picturesOfRounds();
      bench.check.answer(round === 1 ? first : second, unavailable(), true);
      await expect(bench.run()).rejects.toMatchObject({ code: 'MODERATION_UNAVAILABLE' });
      const before = bench.check.asked.length;
      expect(await bench.run()).toMatchObject({ kind: 'succeeded', best: { round: 2 } });
      const later = [instruction(2), second];
      expect(bench.check.asked.slice(before)).toEqual(round === 1 ? [first, ...later] : later);
    },
  );

  it('asks again about a request that nobody thought about yet', async () => {
    const bench = await openBench();
    bench.check.answer('latest', unavailable(), true);
    await expect(bench.run()).rejects.toMatchObject({ code: 'MODERATION_UNAVAILABLE' });
    expect(await bench.run()).toMatchObject({ kind: 'succeeded' });
    expect(bench.check.asked.slice(0, 6)).toEqual([PROMPT, 'latest', ...REQUEST]);
  });

  it.each([
    ['stop', 'request'],
    ['stop', 'result'],
    ['deadline', 'request'],
    ['deadline', 'result'],
    ['shutdown', 'request'],
    ['shutdown', 'result'],
  ] as const)('hears a %s while a %s is checked', async (kind, which) => {
    const bench = await openBench();
    const [, second = ''] = await picturesOfRounds();
    const about = which === 'request' ? 'latest' : second;
    bench.check.hangAt = about;
    const asked = bench.check.arrivalAt(about);
    const running = bench.run({ job: { ...JOB, timeLimitMs: 60_000 } });
    await asked;
    if (kind === 'deadline') bench.clock.advance(60_000);
    else bench.controller.abort(interruption(kind));
    if (kind === 'shutdown') {
      await expect(running).rejects.toMatchObject({ code: 'SHUTDOWN' });
    } else {
      const outcome = await running;
      expect(outcome.kind).toBe(kind === 'stop' ? 'stopped' : 'expired');
      expect(outcome).toHaveProperty('rounds.length', which === 'request' ? 0 : 1);
    }
    expect(bench.newPictures()).toBe(which === 'request' ? 0 : 1);
    expect(bench.leftovers()).toEqual([0, 0, 0]);
  });
});
