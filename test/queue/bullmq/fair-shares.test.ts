import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { endTurn, requestCancel } from '../../../src/queue/bullmq/ending.ts';
import { positionsOf } from '../../../src/queue/bullmq/positions.ts';
import { takeTurn } from '../../../src/queue/bullmq/runs.ts';
import { enqueueTurn } from '../../../src/queue/bullmq/turns.ts';
import { FairQueue, PRIORITY_HEAD_START } from '../../../src/queue/fair-queue.ts';
import { openBullBench, useRedis } from '../../support/bull-bench.ts';

type Step =
  | { readonly kind: 'come'; readonly person: string; readonly hasPriority: boolean }
  | { readonly kind: 'take' }
  /** The one at a place of those that came so far. */
  | { readonly kind: 'cancel'; readonly index: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('come' as const),
      person: fc.constantFrom('ann', 'bob', 'cyd'),
      hasPriority: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), index: fc.nat(30) }),
  },
);

describe('fair shares in Redis', () => {
  const redis = useRedis();

  it('are those of the queue in memory, whoever comes, with priority or without, is taken, or leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const { home } = await openBullBench(redis.server.url);
        const model = new FairQueue<string>();
        const persons: string[] = [];
        const waiting = () => model.inOrder();
        for (const [index, step] of steps.entries()) {
          if (step.kind === 'come') {
            const { person, hasPriority } = step;
            const turnId = `turn ${persons.length}`;
            persons.push(person);
            model.push(person, turnId, hasPriority ? PRIORITY_HEAD_START : 0);
            await enqueueTurn(home, { turnId, engine: 'gated', person, hasPriority }, '{}');
          } else if (step.kind === 'take') {
            const ticket = `ticket ${index}`;
            const taken = await takeTurn(home, 'gated', ticket, `run ${index}`, 0);
            expect(taken?.turnId).toBe(model.take()?.item);
          } else {
            const turnId = waiting()[step.index];
            if (turnId === undefined) continue;
            model.remove(persons[Number(turnId.split(' ')[1])] ?? '', turnId);
            const turn = await requestCancel(home, turnId, 'Stopped.');
            if (turn === undefined || turn === 'running') expect.fail('It waits.');
            expect(await endTurn(home, turn, { kind: 'stopped', reason: 'Stopped.' })).toBe(true);
          }
          const places = await positionsOf(home, waiting(), 0);
          expect([...places]).toEqual(waiting().map((turnId, ahead) => [turnId, { ahead }]));
        }
      }),
      { numRuns: 60 },
    );
  });
});
