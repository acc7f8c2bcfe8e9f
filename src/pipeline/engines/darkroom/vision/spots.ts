import type { Box } from '../pixels/box.ts';
import { dilate } from '../pixels/dilate.ts';
import type { Mask } from '../pixels/mask.ts';
import { componentsOf } from './components.ts';
import type { Copy } from './copy.ts';
import { deviationsOf } from './deviations.ts';
import { inkOf } from './inks.ts';
import { isLine } from './is-line.ts';
import { joinRows, type Group } from './letter-rows.ts';
import { standsOut, type Outline } from './stands-out.ts';

/** A small thing that differs from its surroundings. Pixels of the copy. */
export interface Spot extends Outline {
  /** It is compared with its surroundings in pieces of so many pixels. */
  readonly piece: number;
  /** How strongly it stands out: 0.2 barely, 1 beyond doubt. */
  readonly strength: number;
  /** How many parts it has that do not touch, such as letters. */
  readonly parts: number;
}

/** What is looked for: small things of any shape, letters in a row, or thin straight lines. */
export type SpotShape = 'spots' | 'letters' | 'lines';

/** Windows of the two searches, as shares of the copy's long side; things larger than dust take the second. */
const WINDOWS = [0.026, 0.08] as const;
/** Parts this close belong together, as a share of the long side. */
const GAP = 0.012;
/** Largest sides, as shares of the long side. */
const LARGEST = { spot: 0.12, row: 0.45, line: 0.8 } as const;
/** Gaps in a row of one ink, in heights of its letters. */
const INK_GAP = 2.5;
/** As many parts at least are letters in a row. */
const ROW_PARTS = 4;
/** A line is no spot: least share of its box that a single part covers. */
const LEAST_FILL = 0.25;
/** What stands out less may be chance. */
const LEAST_STRENGTH = 0.2;
/** Lines are compared with their surroundings in pieces of this share of the long side. */
const PIECE = 0.03;
/** The soft rim; pixels. */
const RIM = 2;

/**
 * Finds small defects: dust, blemishes, a small logo on a plain area; or a date stamp, or scratches.
 * The most striking come first, and none overlap. With `within`, those whose middle has half of its
 * weight at least.
 */
export async function findSpots(
  copy: Copy,
  within?: Mask,
  shape: SpotShape = 'spots',
): Promise<Spot[]> {
  const side = Math.max(copy.width, copy.height);
  const searches: Uint8Array[] = [];
  for (const window of WINDOWS) searches.push(await deviationsOf(copy, window * side));
  const groups = [...searches, eitherOf(searches)].flatMap((flags) =>
    groupsFor(shape, flags, copy),
  );
  if (shape === 'letters') groups.push(...inkRows(copy));
  const candidates = groups
    .filter((group) => fits(group, shape, copy))
    .flatMap((group) => spotOf(copy, group, shape) ?? [])
    .filter((spot) => !within || isWithin(spot, within, copy))
    .toSorted((one, other) => weightOf(other) - weightOf(one));
  const spots: Spot[] = [];
  for (const spot of candidates) {
    if (!spots.some(({ box }) => overlaps(box, spot.box))) spots.push(spot);
  }
  return spots;
}

function eitherOf(searches: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...others] = searches;
  return first.map((flag, at) => Math.max(flag, ...others.map((other) => other[at] as number)));
}

/** Rows of a date's ink, which may lie on anything; letters of it may be far from one another. */
function inkRows(copy: Copy): Group[] {
  const ink = inkOf(copy);
  return joinRows(groupsOf(ink, copy, 0), copy, INK_GAP).map((row) => ({
    ...row,
    // Also what of its letters was too small for one.
    pixels: pixelsOf(row.box, copy.width).filter((pixel) => ink[pixel] === 1),
  }));
}

const pixelsOf = (box: Box, width: number): number[] =>
  Array.from(
    { length: box.width * box.height },
    (_, at) => (box.top + Math.floor(at / box.width)) * width + box.left + (at % box.width),
  );

/** Dust lies in clusters; letters and lines have gaps of their own, and clutter nearby. */
function groupsFor(shape: SpotShape, flags: Uint8Array, copy: Copy): Group[] {
  const reach = Math.round((GAP * Math.max(copy.width, copy.height)) / 2);
  if (shape === 'letters') return joinRows(groupsOf(flags, copy, 0), copy);
  if (shape === 'lines') return groupsOf(flags, copy, Math.min(1, reach));
  return [...groupsOf(flags, copy, reach), ...groupsOf(flags, copy, 0)];
}

/** Of two views of one spot, the larger of those that stand out alike shows all of it. */
const weightOf = ({ strength, cover }: Spot): number =>
  strength * Math.cbrt(cover.reduce((sum, one) => sum + one, 0) / 255);

const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height;

/** One mask of several spots, of the copy's size. */
export function maskOfSpots(spots: readonly Spot[], { width, height }: Copy): Mask {
  const weights = new Uint8Array(width * height);
  for (const { box, cover } of spots) {
    for (let at = 0; at < cover.length; at += 1) {
      if (cover[at] === 0) continue;
      const row = box.top + Math.floor(at / box.width);
      weights[row * width + box.left + (at % box.width)] = 255;
    }
  }
  return { width, height, weights };
}

/** Flags of 1 that are within twice `reach` pixels of one another. */
function groupsOf(flags: Uint8Array, copy: Copy, reach: number): Group[] {
  const together = componentsOf(reach > 0 ? dilate(flags, copy, reach) : flags, copy);
  const apart = componentsOf(flags, copy);
  const pixels = together.components.map((): number[] => []);
  const parts = together.components.map(() => new Set<number>());
  for (let at = 0; at < flags.length; at += 1) {
    if (flags[at] === 0) continue;
    const label = together.labels[at] as number;
    pixels[label]?.push(at);
    const part = apart.labels[at] as number;
    // A single pixel beside others is grain.
    if ((apart.components[part]?.area ?? 0) > 1) parts[label]?.add(part);
  }
  return pixels.flatMap((own, label) => {
    const count = parts[label]?.size ?? 0;
    return count > 0 ? [{ box: boxAround(own, copy.width), pixels: own, parts: count }] : [];
  });
}

function boxAround(pixels: readonly number[], width: number): Box {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function fits({ box: { width, height }, pixels, parts }: Group, shape: SpotShape, copy: Copy) {
  const side = Math.max(copy.width, copy.height);
  const [long, short] = [Math.max(width, height) / side, Math.min(width, height) / side];
  switch (shape) {
    case 'spots':
      return long <= LARGEST.spot;
    case 'letters':
      return parts >= ROW_PARTS && short <= LARGEST.spot && long <= LARGEST.row;
    case 'lines':
      return long <= LARGEST.line && isLine(pixels, copy);
  }
  return shape satisfies never;
}

function spotOf(copy: Copy, group: Group, shape: SpotShape): Spot | undefined {
  const { pixels, parts } = group;
  const box = grown(group.box, RIM + 1, copy);
  const own = new Uint8Array(box.width * box.height);
  for (const pixel of pixels) {
    const x = pixel % copy.width;
    own[((pixel - x) / copy.width - box.top) * box.width + x - box.left] = 255;
  }
  const solid = shape === 'spots' ? withoutHoles(own, box) : own;
  const area = solid.reduce((sum, weight) => sum + weight, 0) / 255;
  const thin = parts === 1 && area < LEAST_FILL * group.box.width * group.box.height;
  if (shape === 'spots' && thin) return undefined;
  const cover = dilate(solid, box, RIM);
  const piece = pieceOf(group, shape, copy);
  const strength = standsOut(copy, { box, solid, cover }, piece);
  return strength >= LEAST_STRENGTH ? { box, solid, cover, piece, strength, parts } : undefined;
}

/** Letters and lines lie across many things, and stand out from each. */
function pieceOf({ box }: Group, shape: SpotShape, { width, height }: Copy): number {
  if (shape === 'spots') return Math.max(box.width, box.height) + 2 * (RIM + 1);
  if (shape === 'letters') return Math.max(8, Math.min(box.width, box.height));
  return Math.max(8, Math.round(PIECE * Math.max(width, height)));
}

/** Larger by so many pixels on each side, within the copy. */
function grown(box: Box, by: number, { width, height }: Copy): Box {
  const left = Math.max(0, box.left - by);
  const top = Math.max(0, box.top - by);
  return {
    left,
    top,
    width: Math.min(width, box.left + box.width + by) - left,
    height: Math.min(height, box.top + box.height + by) - top,
  };
}

/** What a ring encloses belongs to it: large spots are found by their rims alone. */
function withoutHoles(own: Uint8Array, box: Box): Uint8Array {
  const { labels, components } = componentsOf(own, box);
  const outer = components.map(
    ({ value, box: part }) =>
      value === 0 &&
      (part.left === 0 ||
        part.top === 0 ||
        part.left + part.width === box.width ||
        part.top + part.height === box.height),
  );
  return own.map((_, at) => (outer[labels[at] as number] ? 0 : 255));
}

/** Whether the middle of a box has half of a mask's weight at least. */
export function isWithin({ box }: { readonly box: Box }, mask: Mask, copy: Copy): boolean {
  const x = Math.floor(((box.left + box.width / 2) * mask.width) / copy.width);
  const y = Math.floor(((box.top + box.height / 2) * mask.height) / copy.height);
  return (mask.weights[y * mask.width + x] ?? 0) >= 128;
}
