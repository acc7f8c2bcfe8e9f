import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '../../../src/bots/messages.ts';
import type { Turn } from '../../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { DeliveryWorld } from '../../support/delivery-world.ts';
import type { Play } from '../../support/gated-engine.ts';
import type { Death } from '../../support/life.ts';
import type { PlatformFault } from '../../support/recording-platform.ts';

const startSqlite = CONVERSATION_HOMES['sqlite'];
if (!startSqlite) throw new Error('There is no SQLite to test on.');

const fault: fc.Arbitrary<PlatformFault> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('none' as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'lost' as const,
      'hangs-up' as const,
      'rate-limited' as const,
      'not-permitted' as const,
      'deleted' as const,
    ),
  },
);

const death: fc.Arbitrary<Death> = fc.record({
  atCall: fc.integer({ min: 1, max: 60 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

interface Request {
  readonly channel: string;
  readonly verdicts: readonly ('success' | 'refine' | 'revert')[];
  readonly thought: NonNullable<Play['thought']>;
}

const request: fc.Arbitrary<Request> = fc.record({
  channel: fc.constantFrom('garden', 'kitchen'),
  verdicts: fc.array(fc.constantFrom('success', 'refine', 'revert'), {
    minLength: 1,
    maxLength: 3,
  }),
  thought: fc.oneof(
    { weight: 5, arbitrary: fc.constant('plan' as const) },
    { weight: 1, arbitrary: fc.constantFrom('question' as const, 'declined' as const) },
  ),
});

describe('whatever happens', () => {
  const bench = useConversationStore(startSqlite);

  it('each thread ends equal to its turns: nothing lost, nothing twice', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 3 }),
        fc.array(fault, { maxLength: 25 }),
        fc.array(death, { maxLength: 4 }),
        fc.boolean(),
        async (requests, faults, deaths, keepsQueue) => {
          await using world = await DeliveryWorld.open(await bench.homes.make());
          const turns: Turn[] = [];
          run += 1;
          for (const [index, { channel, ...play }] of requests.entries()) {
            const name = `run ${run} turn ${index}`;
            turns.push(await world.ask(`${channel} ${run}`, { name, ...play }));
          }
          world.platform.faults.push(...faults);

          await world.live(deaths, keepsQueue);

          expect(world.platform.violations).toEqual([]);
          for (const { id } of turns) {
            const turn = (await world.store.turn(id)) ?? expect.fail('A turn was lost.');
            expectThread(world, turn);
          }
        },
      ),
      { numRuns: 120 },
    );
  }, 300_000);
});

/** The messages of a turn are all there, once, in their order, but for those that people deleted. */
function expectThread(world: DeliveryWorld, turn: Turn): void {
  const own = world.platform.messages.filter(
    ({ message }) => 'turnId' in message && message.turnId === turn.id,
  );
  const deleted = new Set(own.filter((one) => one.isDeleted).map(({ message }) => partOf(message)));
  const seen = own.filter(({ isDeleted }) => !isDeleted).map(({ message }) => message);
  const stays = (message: ChatMessage) => !deleted.has(partOf(message));
  const expected = world.expected([turn]);
  expect(seen.filter(stays)).toEqual(expected.filter(stays));
  // What was deleted while nobody knew that it had been posted may have been posted once more.
  const again = seen.filter((message) => !stays(message));
  expect(new Set(again.map(partOf)).size).toBe(again.length);
  for (const message of again) expect(expected).toContainEqual(message);
}

const partOf = (message: ChatMessage): string =>
  message.kind === 'round' ? `round ${message.round}` : message.kind;
