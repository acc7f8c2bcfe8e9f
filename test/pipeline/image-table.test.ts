import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../src/image/types.ts';
import {
  EMPTY_TABLE,
  pack,
  unpack,
  type ImageTable,
  type Packed,
} from '../../src/pipeline/image-table.ts';

const picture = (seed: number): EncodedImage => ({
  bytes: Uint8Array.from([seed, seed + 1, seed + 2]),
  format: 'png',
  width: 1,
  height: seed + 1,
});

const ids = (table: ImageTable) => table.held.map(({ id }) => id);
const carried = ({ images }: Packed<unknown>) => images.filter(({ image }) => image).length;

describe('pack and unpack', () => {
  it('puts back what was packed, with the same object for the same picture', () => {
    const image = picture(1);
    const value = {
      image,
      list: [image, { deep: image }],
      text: 'words',
      none: undefined,
      nil: null,
    };
    const { packed } = pack(EMPTY_TABLE, value);
    const back = unpack(EMPTY_TABLE, structuredClone(packed)).value;
    expect(back).toEqual(value);
    expect(back.list[0]).toBe(back.image);
    expect(carried(packed)).toBe(1);
  });

  it('takes no plain data for a picture, whatever its keys are', () => {
    const value = { id: 0, image: { id: 0 }, bytes: 'text', images: [{ id: 0 }], at: new Date(0) };
    const { packed, table } = pack(EMPTY_TABLE, value);
    expect(unpack(EMPTY_TABLE, structuredClone(packed)).value).toEqual(value);
    expect(table).toEqual(EMPTY_TABLE);
  });

  it('sends a picture again once five others have come since', () => {
    const images = [0, 1, 2, 3, 4, 5].map(picture);
    let { table } = pack(EMPTY_TABLE, images[0]);
    ({ table } = pack(table, images.slice(1, 5)));
    expect(carried(pack(table, images[0]).packed)).toBe(0);
    ({ table } = pack(table, images[5]));
    expect(carried(pack(table, images[0]).packed)).toBe(1);
  });

  it('carries more pictures in one value than a table holds', () => {
    const images = [0, 1, 2, 3, 4, 5, 6].map(picture);
    const first = pack(EMPTY_TABLE, images);
    const received = unpack(EMPTY_TABLE, structuredClone(first.packed));
    expect(received.value).toEqual(images);
    const second = pack(first.table, images);
    expect(unpack(received.table, structuredClone(second.packed)).value).toEqual(images);
  });

  it('says so when the tables do not agree', () => {
    const image = picture(1);
    const { table } = pack(EMPTY_TABLE, image);
    expect(() => unpack(EMPTY_TABLE, pack(table, image).packed)).toThrow('not held here');
  });
});

/** One end of a channel: its table, and the object by which it knows each picture. */
interface End {
  table: ImageTable;
  readonly known: Map<number, EncodedImage>;
}

type Tree = { readonly picture: number } | { readonly leaf: unknown } | { readonly branch: Tree[] };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.record({ picture: fc.nat(7) }),
    fc.record({ leaf: fc.oneof(fc.string(), fc.integer(), fc.constant(null)) }),
    fc.record({ branch: fc.array(tie('tree'), { maxLength: 4 }) }),
  ),
}));

const message = fc.record({
  fromHost: fc.boolean(),
  tree,
  /** Packed, but then it could not be sent. */
  lost: fc.boolean(),
});

/** The pictures of a tree, each once, in the order in which they are met. */
function pictures(node: Tree): number[] {
  if ('picture' in node) return [node.picture];
  return 'branch' in node ? [...new Set(node.branch.flatMap(pictures))] : [];
}

function build(node: Tree, known: Map<number, EncodedImage>): Value {
  if ('leaf' in node) return { leaf: node.leaf };
  if ('branch' in node) return node.branch.map((each) => build(each, known));
  const image = known.get(node.picture) ?? picture(node.picture);
  known.set(node.picture, image);
  return { image };
}

type Value = { readonly image: EncodedImage } | { readonly leaf: unknown } | readonly Value[];

function imagesIn(value: Value): EncodedImage[] {
  if ('image' in value) return [value.image];
  return 'leaf' in value ? [] : value.flatMap(imagesIn);
}

describe('the two ends of a channel', () => {
  it('hold the same pictures, and send none twice while it is held', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
        const host: End = { table: EMPTY_TABLE, known: new Map() };
        const child: End = { table: EMPTY_TABLE, known: new Map() };
        let held: number[] = [];
        for (const { fromHost, tree: sent, lost } of messages) {
          const [sender, receiver] = fromHost ? [host, child] : [child, host];
          const value = build(sent, sender.known);
          const { packed, table } = pack(sender.table, value);
          if (lost) continue;
          sender.table = table;

          const missing = new Set<number>();
          for (const number of pictures(sent)) {
            if (!held.includes(number)) missing.add(number);
            held = [...held.filter((other) => other !== number), number].slice(-5);
          }
          const withBytes = packed.images.flatMap(({ image }) => (image ? [image.height - 1] : []));
          expect(withBytes).toEqual([...missing]);

          const received = unpack(receiver.table, structuredClone(packed));
          receiver.table = received.table;
          expect(received.value).toEqual(value);
          const images = imagesIn(received.value);
          const known = images.filter((image) => !missing.has(image.height - 1));
          expect(known.every((image) => receiver.known.get(image.height - 1) === image)).toBe(true);
          for (const image of images) receiver.known.set(image.height - 1, image);

          expect(ids(receiver.table)).toEqual(ids(sender.table));
          expect(sender.table.held.map(({ image }) => image.height - 1)).toEqual(held);
        }
      }),
    );
  });
});
