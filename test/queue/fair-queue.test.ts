import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FairQueue, PRIORITY_HEAD_START, type Ticket } from '../../src/queue/fair-queue.ts';

interface Turn {
  readonly person: string;
  readonly number: number;
}

const PERSONS = ['ann', 'bob', 'cyd'] as const;

type Action =
  | { readonly kind: 'push'; readonly person: string; readonly headStart?: number }
  | { readonly kind: 'take' }
  | { readonly kind: 'remove'; readonly index: number }
  | { readonly kind: 'put-back'; readonly index: number };

const MOST_HEAD_START = 3;

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('push'),
      person: fc.constantFrom(...PERSONS),
      headStart: fc.constantFrom(0, 0, MOST_HEAD_START),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('take') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), index: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('put-back'), index: fc.nat(9) }) },
);
const anyActions = fc.array(anyAction, { maxLength: 60 });

/** A queue to which something was done, beside a list of what must be in it. */
class Model {
  readonly queue = new FairQueue<Turn>();
  readonly waiting: Turn[] = [];
  readonly taken: Ticket<Turn>[] = [];
  #count = 0;

  act(action: Action): void {
    switch (action.kind) {
      case 'push': {
        const turn = { person: action.person, number: (this.#count += 1) };
        this.waiting.push(turn);
        return this.queue.push(turn.person, turn, action.headStart);
      }
      case 'take':
        return void this.take();
      case 'remove': {
        const [turn] = this.waiting.splice(action.index % (this.waiting.length || 1), 1);
        return turn && this.queue.remove(turn.person, turn);
      }
      case 'put-back': {
        const [ticket] = this.taken.splice(action.index % (this.taken.length || 1), 1);
        if (!ticket) return undefined;
        this.waiting.push(ticket.item);
        return this.queue.putBack(ticket);
      }
    }
    return action satisfies never;
  }

  take(): Turn | undefined {
    const ticket = this.queue.take();
    if (!ticket) return undefined;
    this.taken.push(ticket);
    this.waiting.splice(this.waiting.indexOf(ticket.item), 1);
    return ticket.item;
  }

  drain(): Turn[] {
    const all: Turn[] = [];
    for (let turn = this.take(); turn; turn = this.take()) all.push(turn);
    return all;
  }
}

const numbers = (turns: readonly Turn[]): number[] => turns.map(({ number }) => number);
const ascending = (turns: readonly Turn[]): number[] =>
  numbers(turns).toSorted((one, other) => one - other);

describe('a fair queue', () => {
  it('gives back what it was given, each once, and nothing that was removed', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const model = new Model();
        for (const action of actions) model.act(action);
        const expected = ascending(model.waiting);
        expect(ascending(model.drain())).toEqual(expected);
        expect(model.queue.take()).toBeUndefined();
      }),
    );
  });

  it('says in which order it will give', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const model = new Model();
        for (const action of actions) model.act(action);
        const expected = numbers(model.queue.inOrder());
        expect(numbers(model.drain())).toEqual(expected);
      }),
    );
  });

  it('keeps the turns of each person in their order, those that were put back as well', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const model = new Model();
        for (const action of actions) model.act(action);
        const all = model.drain();
        for (const name of PERSONS) {
          const own = all.filter(({ person }) => person === name);
          expect(numbers(own)).toEqual(ascending(own));
        }
      }),
    );
  });

  it('lets at most n + 1 turns of another and a head start pass the n-th of one who waits, whatever was before', () => {
    const anyPast = fc.array(
      anyAction.filter(({ kind }) => kind !== 'put-back'),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(anyPast, anyPast, fc.integer({ min: 1, max: 4 }), (past, later, count) => {
        const model = new Model();
        for (const action of past) model.act(action);
        const waits = model.waiting.filter(({ person }) => person === 'ann').length;
        for (let turn = 0; turn < count; turn += 1) model.act({ kind: 'push', person: 'ann' });
        const target = model.waiting.at(-1);
        const passing = new Map<string, number>();
        const take = (): boolean => {
          const turn = model.take();
          if (turn === target || !turn) return false;
          passing.set(turn.person, (passing.get(turn.person) ?? 0) + 1);
          return true;
        };
        let isWaiting = true;
        for (const action of later) {
          if (action.kind === 'push' && action.person !== 'ann') model.act(action);
          if (action.kind === 'take') isWaiting &&= take();
        }
        while (isWaiting) isWaiting = take();
        passing.delete('ann');
        for (const turns of passing.values())
          expect(turns).toBeLessThanOrEqual(waits + count + 1 + MOST_HEAD_START);
      }),
    );
  });

  it('lets one who comes for the first time wait for one of each other', () => {
    const model = new Model();
    for (let turn = 0; turn < 50; turn += 1) model.act({ kind: 'push', person: 'ann' });
    for (let turn = 0; turn < 20; turn += 1) model.take();
    model.act({ kind: 'push', person: 'bob' });
    model.act({ kind: 'push', person: 'cyd' });
    const persons = model.drain().map(({ person }) => person);
    expect(persons.slice(0, 3).toSorted()).toEqual(['ann', 'bob', 'cyd']);
  });

  it('takes those with priority first, until they are so much ahead of their share', () => {
    const model = new Model();
    for (let turn = 0; turn < 3; turn += 1) model.act({ kind: 'push', person: 'ann' });
    const headStart = PRIORITY_HEAD_START;
    for (let turn = 0; turn < 14; turn += 1) model.act({ kind: 'push', person: 'bob', headStart });
    const persons = model.drain().map(({ person }) => person);
    expect(persons.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'bob'));
    expect(persons.slice(10).join(' ')).toBe('ann bob ann bob ann bob bob');
  });

  it('gives one who comes late nothing for the time before', () => {
    const model = new Model();
    for (let turn = 0; turn < 50; turn += 1) model.act({ kind: 'push', person: 'ann' });
    for (let turn = 0; turn < 20; turn += 1) model.take();
    for (let turn = 0; turn < 10; turn += 1) model.act({ kind: 'push', person: 'bob' });
    const persons = model.drain().map(({ person }) => person);
    expect(persons.slice(0, 20).filter((person) => person === 'bob')).toHaveLength(10);
    expect(persons.slice(0, 20).join(' ')).not.toContain('bob bob');
  });

  it('takes what was put back before all that came after it', () => {
    const model = new Model();
    for (let turn = 0; turn < 9; turn += 1) {
      for (const person of PERSONS) model.act({ kind: 'push', person });
    }
    for (let turn = 0; turn < 15; turn += 1) model.take();
    for (let turn = 0; turn < 15; turn += 1) model.act({ kind: 'put-back', index: 0 });
    const next = model.drain().slice(0, 15);
    expect(ascending(next)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  it('charges for what was put back once, however late, and knows the order then as well', () => {
    const model = new Model();
    model.act({ kind: 'push', person: 'ann' });
    model.take();
    for (let turn = 0; turn < 10; turn += 1) model.act({ kind: 'push', person: 'bob' });
    for (let turn = 0; turn < 10; turn += 1) model.take();
    for (let turn = 0; turn < 3; turn += 1) model.act({ kind: 'push', person: 'ann' });
    for (let turn = 0; turn < 3; turn += 1) model.act({ kind: 'push', person: 'bob' });
    model.act({ kind: 'put-back', index: 0 });
    const expected = numbers(model.queue.inOrder());
    const all = model.drain();
    expect(numbers(all)).toEqual(expected);
    const persons = all.map(({ person }) => person).join(' ');
    expect(persons).toBe('ann ann ann bob ann bob bob');
  });

  it('charges nobody for what was removed', () => {
    const model = new Model();
    for (let turn = 0; turn < 30; turn += 1) model.act({ kind: 'push', person: 'ann' });
    for (let turn = 0; turn < 30; turn += 1) model.act({ kind: 'remove', index: 0 });
    for (let turn = 0; turn < 3; turn += 1) model.act({ kind: 'push', person: 'bob' });
    model.act({ kind: 'push', person: 'ann' });
    expect(model.drain().map(({ person }) => person)).toEqual(['bob', 'ann', 'bob', 'bob']);
  });

  it('gives one who asks again and again no more than one who asked at once', () => {
    const model = new Model();
    for (let turn = 0; turn < 10; turn += 1) model.act({ kind: 'push', person: 'ann' });
    const served: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      model.act({ kind: 'push', person: 'bob' });
      served.push(model.take()?.person ?? '', model.take()?.person ?? '');
    }
    expect(served.filter((person) => person === 'bob')).toHaveLength(10);
    expect(served.join(' ')).not.toContain('bob bob');
  });
});
