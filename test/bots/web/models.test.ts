import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { reference } from '../../support/turns.ts';

/*
 * The pure parts of the page, which are plain JavaScript: what a thread shows, and the tree of its
 * pictures.
 */
interface Item {
  readonly kind: 'person' | 'turn' | 'note';
  readonly key: string;
  readonly rounds?: readonly { readonly round: number }[];
  readonly pictures?: readonly unknown[];
}

interface Node {
  readonly key: string;
  readonly label: string;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
}

interface Results {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly roots: readonly Node[];
  readonly current: Node | undefined;
}

const PAGE = new URL('../../../assets/web/', import.meta.url);
const load = (name: string): Promise<unknown> => import(new URL(name, PAGE).href);
const { itemsOf } = (await load('thread-model.js')) as {
  itemsOf: (messages: readonly unknown[]) => Item[];
};
const { resultsOf, inOrder } = (await load('results-model.js')) as {
  resultsOf: (items: readonly Item[]) => Results;
  inOrder: (results: Results) => Node[];
};

const picture = (name: string) => ({ image: reference(name), alt: name, size: 'small' });
const person = (id: string, uploads: readonly unknown[] = []) => ({
  id,
  author: 'person',
  content: { text: id, uploads },
});
const bot = (id: string, content: object, answers?: string) => ({
  id,
  author: 'bot',
  answers,
  content,
});
const status = (turnId: string, point?: object, state = 'ended') => ({
  kind: 'status',
  turnId,
  state,
  request: `ask ${turnId}`,
  origin: { picture: picture(`before ${turnId}`), ...(point && { point }) },
});
const round = (turnId: string, number: number, kind?: string) => ({
  kind: 'round',
  turnId,
  round: number,
  title: `Round ${number}`,
  picture: picture(`${turnId} ${number}`),
  ...(kind !== undefined && { verdict: { kind, overall: 50 } }),
});
const final = (turnId: string, number: number) => ({
  kind: 'final',
  turnId,
  round: number,
  picture: { ...picture(`${turnId} ${number}`), format: 'jpeg' },
});

const pathOf = (node: Node | undefined): string[] =>
  node ? [...pathOf(node.parent), node.key] : [];

describe('a thread', () => {
  it('shows a turn as one, where it began', () => {
    const items = itemsOf([
      person('p1'),
      bot('s1', status('one')),
      person('p2'),
      bot('s2', status('two')),
      bot('r2', round('one', 2)),
      bot('r1', round('one', 1)),
      bot('n1', { kind: 'note', text: 'Hm.', pictures: [], buttons: [] }),
      bot('f1', final('one', 2)),
    ]);
    expect(items.map(({ key }) => key)).toEqual(['p1', 'turn one', 'p2', 'turn two', 'n1']);
    expect(items[1]?.rounds?.map((shown) => shown.round)).toEqual([1, 2]);
  });

  it('shows the picture that came with a message once the bot has taken it in', () => {
    const file = { id: 'u1', name: 'hill.jpg' };
    const [before] = itemsOf([person('p1', [file])]);
    expect(before?.pictures).toEqual([]);
    const [after] = itemsOf([person('p1', [file]), bot('s1', status('one'), 'p1')]);
    expect(after?.pictures).toEqual([picture('before one')]);
    const point = { turnId: 'one', round: 0 };
    const [words] = itemsOf([person('p1'), bot('s1', status('one', point), 'p1')]);
    expect(words?.pictures).toEqual([]);
  });
});

describe('a mask', () => {
  const masked = (point?: object) => {
    const { origin, ...rest } = status('one', point);
    return { ...rest, origin: { ...origin, mask: reference('mask') } };
  };
  const files = [
    { id: 'u1', name: 'mask.png' },
    { id: 'u2', name: 'hill.jpg' },
  ];

  it('stands with the message that it came with, and in no tree', () => {
    const items = itemsOf([person('p1', files), bot('s1', masked(), 'p1')]);
    const mask = { uploadId: 'u1', image: reference('mask'), picture: picture('before one') };
    expect(items[0]).toMatchObject({ pictures: [picture('before one')], mask });
    expect(inOrder(resultsOf(items)).map(({ key }) => key)).toEqual(['one:0']);
    const point = { turnId: 'zero', round: 1 };
    const alone = itemsOf([person('p1', files.slice(0, 1)), bot('s1', masked(point), 'p1')]);
    expect(alone[0]).toMatchObject({ pictures: [], mask });
  });

  it('is the one that was painted, before any that is only called so', () => {
    const named = [
      { id: 'u1', name: 'mask logo.png', isMask: false },
      { id: 'u2', name: 'mask.png', isMask: true },
    ];
    const [item] = itemsOf([person('p1', named), bot('s1', masked(), 'p1')]);
    expect(item).toMatchObject({ mask: { uploadId: 'u2' } });
  });

  it('is a picture like any other where the bot took it so', () => {
    const items = itemsOf([person('p1', files), bot('s1', status('one'), 'p1')]);
    expect(items[0]).not.toHaveProperty('mask');
  });
});

describe('the tree', () => {
  it('goes on from what was refined, and from the start where a round was thrown away', () => {
    const { nodes } = resultsOf(
      itemsOf([
        bot('s1', status('one')),
        bot('r1', round('one', 1, 'refine')),
        bot('r2', round('one', 2, 'revert')),
        bot('r3', round('one', 3, 'success')),
        bot('f1', final('one', 3)),
      ]),
    );
    expect(pathOf(nodes.get('one:2'))).toEqual(['one:0', 'one:1', 'one:2']);
    expect(pathOf(nodes.get('one:3'))).toEqual(['one:0', 'one:3']);
  });

  it('branches where a turn went on from an earlier picture, the original too', () => {
    const results = resultsOf(
      itemsOf([
        bot('s1', status('one')),
        bot('r1', round('one', 1, 'success')),
        bot('f1', final('one', 1)),
        bot('s2', status('two', { turnId: 'one', round: 1 })),
        bot('r2', round('two', 1, 'success')),
        bot('f2', final('two', 1)),
        bot('s3', status('three', { turnId: 'two', round: 0 })),
        bot('r3', round('three', 1, 'success')),
        bot('s4', status('four', { turnId: 'one', round: 0 })),
        bot('r4', round('four', 1, 'success')),
        bot('f4', final('four', 1)),
      ]),
    );
    expect(results.roots.map(({ key }) => key)).toEqual(['one:0']);
    expect(pathOf(results.nodes.get('two:1'))).toEqual(['one:0', 'one:1', 'two:1']);
    expect(pathOf(results.nodes.get('three:1'))).toEqual(['one:0', 'one:1', 'three:1']);
    expect(pathOf(results.nodes.get('four:1'))).toEqual(['one:0', 'four:1']);
    expect(results.current?.key).toBe('four:1');
  });

  it('knows what is edited next: the answer, or what a note went back to; nothing while at work', () => {
    const turn = [bot('s1', status('one')), bot('r1', round('one', 1)), bot('f1', final('one', 1))];
    const currentOf = (messages: readonly unknown[]) => resultsOf(itemsOf(messages)).current?.key;
    const note = (...names: string[]) =>
      bot('n1', { kind: 'note', text: '', pictures: names.map(picture), buttons: [] });
    expect(currentOf(turn)).toBe('one:1');
    expect(currentOf([...turn, note('before one')])).toBe('one:0');
    expect(currentOf([...turn, note('before one', 'one 1')])).toBe('one:1');
    expect(currentOf([...turn, note('something else')])).toBe('one:1');
    const next = status('two', { turnId: 'one', round: 1 }, 'running');
    expect(currentOf([...turn, bot('s2', next)])).toBe(undefined);
  });

  it('has each picture once, below the one it came of, whatever there is of a thread', () => {
    const turnId = fc.constantFrom('one', 'two', 'three');
    const number = fc.integer({ min: 1, max: 3 });
    const kind = fc.constantFrom('success', 'refine', 'revert', undefined);
    const message = fc.oneof(
      fc
        .tuple(
          turnId,
          fc.option(fc.record({ turnId, round: fc.nat({ max: 3 }) }), { nil: undefined }),
        )
        .map(([id, point]) => ({ slot: `s ${id}`, content: status(id, point) })),
      fc.tuple(turnId, number, kind).map(([id, count, verdict]) => ({
        slot: `r ${id} ${count}`,
        content: round(id, count, verdict),
      })),
      fc
        .tuple(turnId, number)
        .map(([id, count]) => ({ slot: `f ${id}`, content: final(id, count) })),
    );
    fc.assert(
      fc.property(fc.uniqueArray(message, { selector: ({ slot }) => slot }), (messages) => {
        const items = itemsOf(messages.map(({ slot, content }) => bot(slot, content)));
        const results = resultsOf(items);
        const flat = inOrder(results);
        expect(flat.map(({ key }) => key).toSorted()).toEqual([...results.nodes.keys()].toSorted());
        for (const node of flat) {
          for (const child of node.children) expect(child.parent).toBe(node);
        }
        expect(messages.filter(({ slot }) => slot.startsWith('r'))).toHaveLength(
          flat.filter(({ key }) => !key.endsWith(':0')).length,
        );
      }),
    );
  });
});
