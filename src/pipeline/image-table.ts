import type { EncodedImage } from '../image/types.ts';

/**
 * The pictures that both ends of a channel hold, so that none crosses twice while it is held. Each
 * end keeps a table and replaces it at every packed value it sends or receives; as long as both see
 * the same values in the same order, the tables agree, with no word exchanged about it.
 */
export interface ImageTable {
  /** The longest unused first, at most `CAPACITY`. */
  readonly held: readonly HeldImage[];
  readonly nextId: number;
}

interface HeldImage {
  readonly id: number;
  readonly image: EncodedImage;
}

declare const packedType: unique symbol;

/** A value whose pictures are replaced by entries of `images`: the very same objects. */
export interface Packed<T> {
  readonly value: unknown;
  /** The type of what was packed; never there. */
  readonly [packedType]?: T;
  /** In the order in which they were met. */
  readonly images: readonly ImageEntry[];
}

/** One picture; with its bytes only if the other end does not hold it. */
interface ImageEntry {
  readonly id: number;
  readonly image?: EncodedImage;
}

/** Source, latest, base and edited picture of a turn, and its mask. */
const CAPACITY = 5;

export const EMPTY_TABLE: ImageTable = Object.freeze({ held: Object.freeze([]), nextId: 0 });

/**
 * Replaces the pictures in a tree of plain objects and arrays. The packed value is for structured
 * cloning: it keeps the identity of objects within a message, which is what marks an entry.
 * The returned table holds once the value has been sent.
 */
export function pack<T>(table: ImageTable, value: T): { packed: Packed<T>; table: ImageTable } {
  const entries = new Map<EncodedImage, ImageEntry>();
  let next = table;
  const packedValue = replace(value, (object) => {
    if (!isImage(object)) return undefined;
    const known = entries.get(object);
    if (known) return known;
    const held = next.held.find(({ image }) => image === object);
    const entry = held ? { id: held.id } : { id: next.nextId, image: object };
    next = touch(next, { id: entry.id, image: object });
    entries.set(object, entry);
    return entry;
  });
  return { packed: { value: packedValue, images: [...entries.values()] }, table: next };
}

/**
 * Puts the pictures back: the same object for the same id, for as long as it is held.
 * @throws {TypeError} when the tables of the two ends do not agree.
 */
export function unpack<T>(table: ImageTable, packed: Packed<T>): { value: T; table: ImageTable };
export function unpack(
  table: ImageTable,
  packed: Packed<unknown>,
): { value: unknown; table: ImageTable } {
  const images = new Map<object, EncodedImage>();
  let next = table;
  for (const entry of packed.images) {
    const image = entry.image ?? next.held.find(({ id }) => id === entry.id)?.image;
    if (!image) throw new TypeError(`Picture ${entry.id} is not held here.`);
    next = touch(next, { id: entry.id, image });
    images.set(entry, image);
  }
  return { value: replace(packed.value, (object) => images.get(object)), table: next };
}

/** Makes a picture the last used one, and drops the longest unused past the capacity. */
function touch({ held, nextId }: ImageTable, used: HeldImage): ImageTable {
  const others = held.filter(({ id }) => id !== used.id);
  return {
    held: [...others, used].slice(-CAPACITY),
    nextId: Math.max(nextId, used.id + 1),
  };
}

/** A copy of a tree in which each object that `substitute` knows is replaced, with all in it. */
function replace(value: unknown, substitute: (object: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const substituted = substitute(value);
  if (substituted !== undefined) return substituted;
  if (Array.isArray(value)) return value.map((item) => replace(item, substitute));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replace(item, substitute)]),
  );
}

function isImage(object: object): object is EncodedImage {
  return 'bytes' in object && object.bytes instanceof Uint8Array;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}
