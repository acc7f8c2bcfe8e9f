import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { EditQueue } from '../../../src/queue/types.ts';
import type { EditUpdate, Fact } from '../../../src/queue/update.ts';
import { crash, promptOf, type Play } from '../../support/gated-engine.ts';
import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import type { Bench, OpenBench } from './bench.ts';

const anyPlay: fc.Arbitrary<Play> = fc.record({
  name: fc.constant('turn'),
  thought: fc.oneof(
    { weight: 6, arbitrary: fc.constant('plan' as const) },
    { weight: 1, arbitrary: fc.constantFrom('question' as const, 'declined' as const) },
  ),
  verdicts: fc.array(fc.constantFrom('success', 'refine', 'revert'), { maxLength: 3 }),
  steps: fc.nat(3),
  previews: fc.boolean(),
});

/** More than any play takes. */
const anyStep = fc.nat(40);

const LETTERS: Record<Fact['type'], string> = {
  started: 's',
  thought: 't',
  round: 'r',
  ended: 'e',
};
const spell = (facts: readonly Fact[]): string => facts.map(({ type }) => LETTERS[type]).join('');

/** The laws of the port, for any turn. */
export function describeLaws(open: OpenBench, numRuns: number): void {
  const withBench = async (work: (bench: Bench) => Promise<void>): Promise<void> => {
    const bench = await open();
    try {
      await work(bench);
    } finally {
      await bench.queue[Symbol.asyncDispose]();
    }
  };

  describe('laws', () => {
    it('updates come in order, with exactly one end, and that last', async () => {
      await fc.assert(
        fc.asyncProperty(anyPlay, async (play) =>
          withBench(async ({ queue }) => {
            await queue.enqueue(jobOf(play));
            const updates = await read(queue, 'turn');
            expectLawful(updates);
            expect(spell(factsIn(updates))).toMatch(/^st(?:rr)*e$/);
          }),
        ),
        { numRuns },
      );
    });

    it('any cursor gives the rest, once the turn has ended without its live states', async () => {
      await fc.assert(
        fc.asyncProperty(anyPlay, async (play) =>
          withBench(async ({ queue }) => {
            await queue.enqueue(jobOf(play));
            const updates = await read(queue, 'turn');
            for (const [index, { cursor }] of updates.entries()) {
              const rest = await read(queue, 'turn', cursor);
              expect(rest).toEqual(
                updates.slice(index + 1).filter((update) => update.type !== 'live'),
              );
            }
          }),
        ),
        { numRuns },
      );
    });

    it('readers who come and go at any time miss no fact and get none twice', async () => {
      const anyStays = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(anyPlay, anyStays, async (play, stays) =>
          withBench(async ({ queue }) => {
            await queue.enqueue(jobOf(play));
            const facts = factsIn(await readInStays(queue, stays));
            expect(facts).toEqual(factsIn(await read(queue, 'turn')));
          }),
        ),
        { numRuns },
      );
    });

    it('cancelled at any point a turn ends once', async () => {
      await fc.assert(
        fc.asyncProperty(anyPlay, anyStep, async (play, at) =>
          withBench(async ({ queue, engine }) => {
            const cancelled = atStep(engine, at, () => queue.cancel('turn', 'Stopped.'));
            await queue.enqueue(jobOf(play));
            const updates = await read(queue, 'turn');
            expectLawful(updates);
            const last = updates.at(-1);
            const outcome = last?.type === 'ended' ? last.outcome : undefined;
            const answer = await cancelled();
            if (answer !== 'signalled') expect(outcome?.kind).not.toBe('stopped');
            if (outcome?.kind === 'stopped') {
              expect(outcome.reason).toBe('Stopped.');
              expect(outcome.best === undefined).toBe(outcome.rounds.length === 0);
            }
            expect(engine.open).toBe(0);
            expect(await queue.cancel('turn', 'Again.')).toBe('not-found');
          }),
        ),
        { numRuns },
      );
    });

    it('a second enqueue at any point changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(anyPlay, anyStep, async (play, at) => {
          const undisturbed: { facts?: Fact[]; reached?: string[] } = {};
          await withBench(async ({ queue, engine }) => {
            await queue.enqueue(jobOf(play));
            undisturbed.facts = factsIn(await read(queue, 'turn'));
            undisturbed.reached = engine.reached;
          });
          await withBench(async ({ queue, engine }) => {
            const other = { prompt: promptOf({ name: 'other' }), person: 'bob', maxRounds: 1 };
            const second = atStep(engine, at, () => queue.enqueue(jobOf(play, other)));
            await queue.enqueue(jobOf(play));
            const updates = await read(queue, 'turn');
            await second();
            await queue.enqueue(jobOf(play, other));
            expect(factsIn(updates)).toEqual(undisturbed.facts);
            expect(await read(queue, 'turn', updates.at(-1)?.cursor)).toEqual([]);
            expect(engine.reached).toEqual(undisturbed.reached);
          });
        }),
        { numRuns },
      );
    });

    it('crashes at any point lose and repeat no round', async () => {
      await fc.assert(
        fc.asyncProperty(anyPlay, anyStep, anyStep, async (play, first, second) =>
          withBench(async ({ queue, engine }) => {
            const crashes = new Set([first, first + 1 + second]);
            let step = 0;
            engine.onStep = () => {
              if (crashes.has(step++)) throw crash();
            };
            await queue.enqueue(jobOf(play));
            const updates = await read(queue, 'turn');
            expectLawful(updates);
            const undisturbed: Fact[] = [];
            await withBench(async (other) => {
              await other.queue.enqueue(jobOf(play));
              undisturbed.push(...factsIn(await read(other.queue, 'turn')));
            });
            const facts = factsIn(updates).filter(({ type }) => type !== 'started');
            expect(facts).toEqual(undisturbed.slice(1));
          }),
        ),
        { numRuns },
      );
    });

    it('nobody is passed by more of one other than they have turns in front, and all are reached', async () => {
      const anyArrivals = fc.array(fc.constantFrom('ann', 'bob', 'cyd'), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(anyArrivals, async (arrivals) =>
          withBench(async ({ queue, engine }) => {
            engine.hold('first think');
            await queue.enqueue(jobOf({ name: 'first' }, { person: 'zed' }));
            await engine.arrivalAt('first think');
            const turns = arrivals.map((person, index) => ({ person, name: `${person} ${index}` }));
            for (const { name, person } of turns) await queue.enqueue(jobOf({ name }, { person }));
            const names = turns.map(({ name }) => name);
            const positions = await queue.position(names);
            engine.letGo('first think');
            await Promise.all(names.map((name) => outcomeOf(queue, name)));

            const order = engine.reached
              .filter((place) => place.endsWith(' think') && !place.startsWith('first'))
              .map((place) => place.replace(' think', ''));
            expect(order.toSorted()).toEqual(names.toSorted());
            expectFair(order, names);
            for (const [index, name] of order.entries()) {
              expect(positions.get(name)?.ahead).toBe(index);
            }
          }),
        ),
        { numRuns },
      );
    });
  });
}

function expectLawful(updates: readonly EditUpdate[]): void {
  const epochs = updates.map(({ epoch }) => epoch);
  expect(epochs).toEqual(epochs.toSorted((one, other) => one - other));
  expect(updates.filter(({ type }) => type === 'ended')).toHaveLength(1);
  expect(updates.at(-1)?.type).toBe('ended');
  const facts = updates.filter(({ type }) => type !== 'live');
  expect(new Set(facts.map(({ cursor }) => cursor)).size).toBe(facts.length);
  let last: string | undefined;
  for (const { type, cursor } of updates) {
    if (type === 'live') expect(cursor).toBe(last);
    else last = cursor;
  }
}

/** Reads a turn to its end in several goes, each as long as it is told, from the last cursor. */
async function readInStays(queue: EditQueue, stays: readonly number[]): Promise<EditUpdate[]> {
  const all: EditUpdate[] = [];
  const { signal } = new AbortController();
  for (const stay of stays) {
    let left = stay;
    for await (const update of queue.updates('turn', all.at(-1)?.cursor, { signal })) {
      all.push(update);
      if ((left -= 1) === 0) break;
    }
  }
  return [...all, ...(await read(queue, 'turn', all.at(-1)?.cursor))];
}

/** Does something at a step of the engine; what it returns waits for that, if it came to it. */
function atStep<Answer>(
  engine: Bench['engine'],
  at: number,
  action: () => Promise<Answer>,
): () => Promise<Answer | undefined> {
  let step = 0;
  let answer: Promise<Answer> | undefined;
  engine.onStep = () => {
    if (step === at) answer = action();
    step += 1;
  };
  return async () => answer;
}

/** Each person's turns stay in order; before the n-th of one come at most n of each other. */
function expectFair(order: readonly string[], arrivals: readonly string[]): void {
  const personOf = (name: string): string => name.split(' ')[0] ?? '';
  const before = new Map<string, number>();
  for (const name of order) {
    const person = personOf(name);
    const own = (before.get(person) ?? 0) + 1;
    before.set(person, own);
    for (const count of before.values()) expect(count).toBeLessThanOrEqual(own);
  }
  for (const person of new Set(arrivals.map(personOf))) {
    const ofPerson = (names: readonly string[]) =>
      names.filter((name) => personOf(name) === person);
    expect(ofPerson(order)).toEqual(ofPerson(arrivals));
  }
}
