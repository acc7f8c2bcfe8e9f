import { describe, expect, it } from 'vitest';

import { cardOf, type Card } from '../../../src/bots/card.ts';
import { DELIVERY_TIMING } from '../../../src/bots/delivery/parts.ts';
import { PlatformPace } from '../../../src/bots/delivery/platform-pace.ts';
import { ThreadPainter } from '../../../src/bots/delivery/thread-painter.ts';
import { sentencesFor } from '../../../src/bots/sentences.ts';
import type { StoredRound, Turn } from '../../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { DeliveryWorld } from '../../support/delivery-world.ts';
import { recordingAdapter } from '../../support/recording-adapter.ts';
import { PLAN, reference, round } from '../../support/turns.ts';

const { reflection, ...UNJUDGED } = round(1, 'made');
const ANEW: StoredRound = { ...UNJUDGED, image: reference('made anew') };
const JUDGED: StoredRound = { ...UNJUDGED, ...(reflection && { reflection }) };

describe('a round whose message was edited before a restart', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());

  /** The card of a turn with one round, as it is. */
  const cardWith = (turn: Turn, made: StoredRound): Card =>
    cardOf({ ...turn, state: 'running', thought: PLAN, rounds: [made] }, { seeded: true });

  /** Paints one card after the other in each of some lives. */
  async function paint(world: DeliveryWorld, turn: Turn, lives: readonly (readonly Card[])[]) {
    await using queue = world.openQueue();
    for (const cards of lives) {
      const lease = await world.store.acquireLease('turn', 'bots', 60_000);
      const life = new AbortController();
      const painter = new ThreadPainter(
        {
          store: world.store,
          images: world.images,
          queue,
          engines: () => ({ seeded: true }),
          limits: {},
          owner: 'bots',
          clock: world.clock,
          onFault: ({ error }) => expect.fail(error.message),
          timing: DELIVERY_TIMING,
          pace: new PlatformPace(),
          sureOf: new Map(),
        },
        {
          turn,
          destination: { place: { platform: 'recording', channel: 'garden' }, context: {} },
          adapter: recordingAdapter(world.platform),
          sentences: sentencesFor('en'),
          lease: lease ?? expect.fail(),
        },
        cards[0] ?? expect.fail(),
      );
      const painting = painter.run(life);
      for (const card of cards) {
        painter.show(card);
        for (let count = 0; count < 20; count += 1) {
          await world.settle();
          world.clock.advance(1_000);
        }
      }
      life.abort();
      await painting.catch(() => {});
      world.platform.meetAnother();
    }
  }

  const seen = (world: DeliveryWorld) =>
    world.platform
      .thread('garden')
      .map(({ message }) => message)
      .find(({ kind }) => kind === 'round');

  it('shows the picture that came back', async () => {
    await using world = await DeliveryWorld.open(bench.home);
    const turn = await world.ask('garden', { name: 'a' });
    const [made, anew] = [cardWith(turn, UNJUDGED), cardWith(turn, ANEW)];
    await paint(world, turn, [[made, anew]]);
    expect(seen(world)).toMatchObject({ picture: { image: ANEW.image } });
    await paint(world, turn, [[made]]);
    expect(seen(world)).toMatchObject({ picture: { image: UNJUDGED.image } });
  });

  it('has the same words, whether it is painted again or not', async () => {
    await using world = await DeliveryWorld.open(bench.home);
    const turn = await world.ask('garden', { name: 'a' });
    const judged = cardWith(turn, JUDGED);
    await paint(world, turn, [[cardWith(turn, UNJUDGED), judged]]);
    const before = seen(world);
    expect(before).toMatchObject({ verdict: { kind: 'success' } });
    await paint(world, turn, [[judged], [judged]]);
    expect(seen(world)).toEqual(before);
    expect(world.platform.messages).toHaveLength(2);
    expect(world.platform.violations).toEqual([]);
  });
});
