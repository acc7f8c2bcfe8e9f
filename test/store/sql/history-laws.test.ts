import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Point, TurnEnd } from '../../../src/store/records.ts';
import type { ConversationStore } from '../../../src/store/types.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { add, converse, end, fresh, request, round, success } from '../../support/turns.ts';

/** What people do in a conversation, in any order. */
const action = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'ask' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'bring a picture' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('branch' as const), pick: fc.nat(99) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finish' as const), rounds: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'fail' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), pick: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'undo' } as const, { do: 'redo' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('use' as const), pick: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'original' } as const) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** The conversation, and what must be true of it. */
class Script {
  readonly results: Point[] = [];
  readonly asked: string[] = [];
  readonly released: string[] = [];
  readonly stopped = new Set<string>();
  readonly #store: ConversationStore;
  readonly #id: string;

  constructor(store: ConversationStore, id: string) {
    this.#store = store;
    this.#id = id;
  }

  async play(step: Action): Promise<void> {
    switch (step.do) {
      case 'ask':
        return this.#add(request(this.#id));
      case 'bring a picture':
        return this.#add(fresh(this.#id, `photo ${this.asked.length}`));
      case 'branch': {
        const point = this.#pick(step.pick);
        return point && this.#add(request(this.#id, { base: { kind: 'point', point } }));
      }
      case 'finish':
        return this.#finish(step.rounds);
      case 'fail':
        return this.#end({ state: 'failed', code: 'ENGINE_CRASHED' });
      case 'stop': {
        const open = await this.#open();
        const turn = open[step.pick % Math.max(1, open.length)];
        if (turn?.state === 'waiting') this.stopped.add(turn.id);
        return turn && this.#released(await end(this.#store, turn.id, { state: 'stopped' }));
      }
      case 'use': {
        const point = this.#pick(step.pick);
        if (point) await this.#store.moveHead(this.#id, { kind: 'to', point });
        return undefined;
      }
      case 'undo':
      case 'redo':
      case 'original':
        await this.#store.moveHead(this.#id, { kind: step.do });
        return undefined;
      default:
        return step satisfies never;
    }
  }

  async #add(turn: Parameters<typeof add>[1]): Promise<void> {
    const { id, state } = await add(this.#store, turn);
    this.asked.push(id);
    if (state === 'queued') this.released.push(id);
  }

  async #finish(rounds: number): Promise<void> {
    const [active] = await this.#open();
    if (!active) return;
    for (let number = 1; number <= rounds; number += 1) {
      await this.#store.recordRound(active.id, round(number, `${active.id} ${number}`));
      this.results.push({ turnId: active.id, round: number });
    }
    await this.#end(rounds > 0 ? success(rounds) : { state: 'asked' });
  }

  async #end(how: TurnEnd): Promise<void> {
    const [active] = await this.#open();
    if (active) this.#released(await end(this.#store, active.id, how));
  }

  #released({ released }: Awaited<ReturnType<typeof end>>): void {
    if (released) this.released.push(released.id);
  }

  #open() {
    return this.#store.openTurns();
  }

  #pick(index: number): Point | undefined {
    return this.results[index % Math.max(1, this.results.length)];
  }
}

describe.each(Object.entries(CONVERSATION_HOMES))('a conversation on %s', (name, start) => {
  const bench = useConversationStore(start);

  it('keeps its laws, whatever people do', { timeout: 120_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (steps) => {
        run += 1;
        const { store } = bench;
        const id = await converse(store, `channel ${run}`);
        const script = new Script(store, id);
        for (const step of steps) {
          await script.play(step);
          const open = await store.openTurns();
          // One is at work, and nobody waits for nothing.
          const active = open.filter(({ state }) => state !== 'waiting');
          expect(active).toHaveLength(Math.min(1, open.length));
          expect(active[0]?.id).toBe(open[0]?.id);
        }

        // Turns were released in the order of asking, but for those stopped while they waited.
        const order = script.asked.filter((turn) => !script.stopped.has(turn));
        expect(script.released).toEqual(order.slice(0, script.released.length));

        // Undo to the beginning and redo to the end walks the same way, and leads back.
        const shown = async () => (await store.conversation(id))?.head?.image.id;
        const walk = async (kind: 'undo' | 'redo') => {
          const seen = [await shown()];
          while ((await store.moveHead(id, { kind }))?.moved) seen.push(await shown());
          return seen;
        };
        await walk('redo');
        const back = await walk('undo');
        expect(await walk('redo')).toEqual(back.toReversed());

        // Whatever was made can still be shown.
        for (const point of script.results) {
          await store.moveHead(id, { kind: 'to', point });
          expect((await store.conversation(id))?.head).toMatchObject(point);
        }
        for (const turn of await store.openTurns()) await end(store, turn.id, { state: 'stopped' });
      }),
      { numRuns: name === 'sqlite' ? 60 : 25 },
    );
  });
});
