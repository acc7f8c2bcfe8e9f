import { describe, expect, it } from 'vitest';

import { EditUpdate } from '../../../src/queue/update.ts';
import type { Play } from '../../support/gated-engine.ts';
import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { REFINED, type OpenBench } from './bench.ts';

export function describeTurns(open: OpenBench): void {
  describe('turns', () => {
    it('plays one from its job to its outcome', async () => {
      const { queue, images } = await open();
      await queue.enqueue(jobOf(REFINED));
      const facts = factsIn(await read(queue, 'turn'));

      expect(facts.map(({ type }) => type)).toEqual([
        'started',
        'thought',
        'round',
        'round',
        'round',
        'round',
        'ended',
      ]);
      const rounds = facts.flatMap((fact) => (fact.type === 'round' ? [fact.round] : []));
      expect(rounds.map(({ round, reflection }) => [round, reflection?.verdict])).toEqual([
        [1, undefined],
        [1, 'refine'],
        [2, undefined],
        [2, 'success'],
      ]);
      expect(facts.at(-1)).toMatchObject({
        outcome: {
          kind: 'succeeded',
          stopReason: 'success',
          best: { round: 2, reason: 'judged-success' },
          rounds: [rounds[1], rounds[3]],
        },
      });
      expect([...images.kept.keys()]).toEqual(
        expect.arrayContaining(rounds.map(({ image }) => image.id)),
      );
    });

    it('tells all of it as JSON that its contract reads, and no bytes', async () => {
      const { queue, engine } = await open();
      engine.hold('turn edit 1');
      await queue.enqueue(jobOf({ ...REFINED, previews: true }));
      const updates = await read(queue, 'turn', undefined, ({ type }) => {
        if (type === 'live') engine.letGo('turn edit 1');
      });
      for (const update of updates) {
        expect(EditUpdate.parse(JSON.parse(JSON.stringify(update)))).toEqual(update);
      }
    });

    it.each([
      ['question', { kind: 'asked', question: 'Which one?' }],
      ['declined', { kind: 'declined', text: 'That can not be done.', code: 'NOT_SUPPORTED' }],
    ] as const)('ends one whose thought is a %s with no picture', async (thought, outcome) => {
      const { queue, engine } = await open();
      await queue.enqueue(jobOf({ name: 'turn', thought }));
      expect(await outcomeOf(queue, 'turn')).toEqual(outcome);
      expect(engine.reached).toEqual(['turn think']);
    });

    it('answers with the best round where the rounds are used up', async () => {
      const { queue } = await open();
      const play: Play = { name: 'turn', verdicts: ['refine', 'revert'] };
      await queue.enqueue(jobOf(play, { maxRounds: 2 }));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({
        kind: 'succeeded',
        stopReason: 'max-rounds',
        best: { round: 1, reason: 'highest-score' },
      });
    });

    it('runs no more of one engine at a time than it may', async () => {
      const { queue, engine } = await open({ concurrency: 2 });
      const names = ['one', 'two', 'three', 'four', 'five'];
      for (const turn of names) await queue.enqueue(jobOf({ name: turn }, { person: turn }));
      await Promise.all(names.map((turn) => outcomeOf(queue, turn)));
      expect(engine.mostOpen).toBe(2);
    });

    it('lets nobody wait for another engine', async () => {
      const { queue, engine } = await open();
      engine.hold('slow think');
      await queue.enqueue(jobOf({ name: 'slow' }));
      await queue.enqueue(jobOf({ name: 'quick' }, { engine: 'other' }));
      expect(await outcomeOf(queue, 'quick')).toMatchObject({ kind: 'succeeded' });
    });

    it('tells how many turns wait and run, by engine', async () => {
      const { queue, engine } = await open();
      engine.hold('first think');
      for (const name of ['first', 'second', 'third']) await queue.enqueue(jobOf({ name }));
      await engine.arrivalAt('first think');
      expect((await queue.depths()).get('gated')).toEqual({ waiting: 2, running: 1 });
      engine.letGo('first think');
      await outcomeOf(queue, 'third');
      await expect
        .poll(async () => (await queue.depths()).get('gated'))
        .toEqual({ waiting: 0, running: 0 });
    });

    it('takes everybody in turn: the first of each before the hundredth of one', async () => {
      const { queue, engine } = await open();
      engine.hold('first think');
      await queue.enqueue(jobOf({ name: 'first' }, { person: 'zed' }));
      for (let turn = 1; turn <= 100; turn += 1) {
        await queue.enqueue(jobOf({ name: `ann ${turn}` }));
      }
      await queue.enqueue(jobOf({ name: 'bob' }, { person: 'bob' }));
      await queue.enqueue(jobOf({ name: 'cyd' }, { person: 'cyd' }));
      const hundredth = await queue.position(['ann 100', 'bob', 'cyd']);
      expect([...hundredth.values()].map(({ ahead }) => ahead)).toEqual([101, 1, 2]);

      engine.letGo('first think');
      await outcomeOf(queue, 'ann 100');
      const thoughts = engine.reached.filter((place) => place.endsWith(' think'));
      expect(thoughts).toHaveLength(103);
      expect(thoughts.slice(1, 5)).toEqual(['ann 1', 'bob', 'cyd', 'ann 2'].map(thinks));
      expect(thoughts.at(-1)).toBe('ann 100 think');
    });
  });
}

const thinks = (name: string): string => `${name} think`;
