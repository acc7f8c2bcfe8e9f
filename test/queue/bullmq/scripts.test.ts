import { describe, expect, it } from 'vitest';

import { endTurn, requestCancel } from '../../../src/queue/bullmq/ending.ts';
import {
  appendFacts,
  restTurn,
  showLive,
  takeTurn,
  type TakenRun,
} from '../../../src/queue/bullmq/runs.ts';
import type { TurnHome } from '../../../src/queue/bullmq/script.ts';
import { enqueueTurn, readNews, releaseTurn } from '../../../src/queue/bullmq/turns.ts';
import type { Fact } from '../../../src/queue/update.ts';
import { openBullBench, useRedis } from '../../support/bull-bench.ts';
import { PLAN } from '../../support/turns.ts';

const ADDRESS = { turnId: 'turn', engine: 'gated', person: 'ann' };
const STARTED: Fact = { type: 'started' };
const THOUGHT: Fact = { type: 'thought', thought: PLAN };
const ENDED: Fact = { type: 'ended', outcome: { kind: 'asked', question: 'Which one?' } };
const LIVE = { stage: 'thinking', text: 'Hm.' } as const;
const LOST = { code: 'TURN_LOST' };

async function begin(home: TurnHome, run = 'run'): Promise<TakenRun> {
  return (await takeTurn(home, 'gated', 'ticket', run, 0)) ?? expect.fail('There is none.');
}

async function typesIn(home: TurnHome): Promise<string[]> {
  const news = await readNews(home, 'turn', { life: '', count: 0 });
  return (news?.facts ?? []).map(({ type }) => type);
}

describe('a script', () => {
  const redis = useRedis();
  const openHome = async () => {
    const { home } = await openBullBench(redis.server.url);
    await enqueueTurn(home, ADDRESS, '{}');
    return home;
  };

  it('takes nothing from a run that another has followed', async () => {
    const home = await openHome();
    const first = await begin(home, 'first');
    const second = await begin(home, 'second');
    await expect(appendFacts(home, first, [STARTED], 0)).rejects.toMatchObject(LOST);
    await expect(showLive(home, first, LIVE)).rejects.toMatchObject(LOST);
    await expect(restTurn(home, first, { isAttempt: true })).rejects.toMatchObject(LOST);
    expect(await endTurn(home, first, { kind: 'expired' })).toBe(false);
    expect(await typesIn(home)).toEqual([]);
    expect(await appendFacts(home, second, [STARTED], 0)).toMatchObject({ entries: [{}] });
  });

  it('takes nothing from a run of an earlier life', async () => {
    const home = await openHome();
    const first = await begin(home);
    await appendFacts(home, first, [ENDED], 0);
    await releaseTurn(home, 'turn');
    await enqueueTurn(home, ADDRESS, '{}');
    await begin(home);
    await expect(appendFacts(home, first, [STARTED], 0)).rejects.toMatchObject(LOST);
    await expect(showLive(home, first, LIVE)).rejects.toMatchObject(LOST);
    expect(await endTurn(home, first, { kind: 'expired' })).toBe(false);
  });

  it('takes nothing from a run that rests, or whose turn has ended', async () => {
    const home = await openHome();
    const run = await begin(home);
    await restTurn(home, run, { isAttempt: true });
    await expect(appendFacts(home, run, [STARTED], 0)).rejects.toMatchObject(LOST);
    const next = await begin(home, 'next');
    await appendFacts(home, next, [ENDED], 0);
    await expect(showLive(home, next, LIVE)).rejects.toMatchObject(LOST);
    await expect(restTurn(home, next, { isAttempt: true })).rejects.toMatchObject(LOST);
    expect(await typesIn(home)).toEqual(['ended']);
  });

  it('that runs twice for one question does what it does once', async () => {
    const home = await openHome();
    const first = await begin(home);
    expect(await begin(home)).toEqual(first);
    const facts = [STARTED, THOUGHT];
    const { entries } = await appendFacts(home, first, facts, 0);
    expect(await appendFacts(home, first, facts, 0)).toMatchObject({ entries });
    const further = { ...first, entries };
    await restTurn(home, further, { isAttempt: false });
    await restTurn(home, further, { isAttempt: false });
    const second = await begin(home, 'next');
    expect(second).toMatchObject({ epoch: 2, attempts: 1, entries });
    await appendFacts(home, second, [ENDED], 0);
    await appendFacts(home, second, [ENDED], 0);
    expect(await typesIn(home)).toEqual(['started', 'thought', 'ended']);
  });

  it('ends a turn only as it was seen', async () => {
    const home = await openHome();
    const seen = await requestCancel(home, 'turn', 'Stopped.');
    if (seen === undefined || seen === 'running') return expect.fail('It waits.');
    const run = await begin(home);
    expect(await endTurn(home, seen, { kind: 'stopped', reason: 'Stopped.' })).toBe(false);
    const { entries } = await appendFacts(home, run, [STARTED], 0);
    expect(await endTurn(home, run, { kind: 'expired' })).toBe(false);
    expect(await endTurn(home, { ...run, entries }, { kind: 'expired' })).toBe(true);
    return expect(await typesIn(home)).toEqual(['started', 'ended']);
  });

  it('tells all where somebody knows more than there is, or another life', async () => {
    const home = await openHome();
    const run = await begin(home);
    await appendFacts(home, run, [STARTED, THOUGHT], 0);
    const { life } = run;
    const told = async (count: number, of = life) => {
      const news = await readNews(home, 'turn', { life: of, count });
      return news?.facts.map(({ type }) => type);
    };
    expect(await told(1)).toEqual(['thought']);
    expect(await told(2)).toEqual([]);
    expect(await told(3)).toEqual(['started', 'thought']);
    expect(await told(1, 'another')).toEqual(['started', 'thought']);
  });

  it('tells a run of a cancel with each answer', async () => {
    const home = await openHome();
    const run = await begin(home);
    expect(await requestCancel(home, 'turn', 'Stopped by Ann.')).toBe('running');
    expect(await requestCancel(home, 'turn', 'Stopped by Bob.')).toBe('running');
    expect(await showLive(home, run, LIVE)).toBe('Stopped by Ann.');
    const { entries, cancelReason } = await appendFacts(home, run, [STARTED], 0);
    expect(cancelReason).toBe('Stopped by Ann.');
    const further = { ...run, entries };
    expect(await restTurn(home, further, { isAttempt: true })).toBe('Stopped by Ann.');
    expect(await begin(home, 'next')).toMatchObject({ cancelReason: 'Stopped by Ann.' });
  });
});
