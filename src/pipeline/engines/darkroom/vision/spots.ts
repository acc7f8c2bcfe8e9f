import type { Box } from '../pixels/box.ts';
import { dilate } from '../pixels/dilate.ts';
import type { Mask } from '../pixels/mask.ts';
import { componentsOf } from './components.ts';
import { shrink, sizeWithin, type Copy } from './copy.ts';
import { deviationsOf } from './deviations.ts';
import { joinRows, type Group } from './letter-rows.ts';
import { standsOut } from './stands-out.ts';

/** A small thing that differs from its surroundings. Pixels of the copy. */
export interface Spot {
  /** What its cover is laid over. */
  readonly box: Box;
  /** 255 for pixels of the spot and of its soft rim, 0 for others; of the box's size. */
  readonly cover: Uint8Array;
  /** How strongly it stands out: 0.2 barely, 1 beyond doubt. */
  readonly strength: number;
  /** How many parts it has that do not touch, such as letters. */
  readonly parts: number;
}

/** Windows of the two searches, as shares of the copy's long side; large things are sought at `side` pixels. */
const FINE_WINDOW = 0.026;
const COARSE = { side: 320, window: 0.1, knownShare: 0.25 } as const;
/** Parts this close belong together, as a share of the long side. */
const GAP = 0.012;
/** Largest sides of a spot, as shares of the long side; the longer one may be so long for letters in a row. */
const LARGEST = { side: 0.12, row: 0.45 } as const;
/** A line is no spot: least share of its box that a single part covers. */
const LEAST_FILL = 0.25;
/** What stands out less may be chance. */
const LEAST_STRENGTH = 0.2;
/** The soft rim; pixels. */
const RIM = 2;

/**
 * Finds small defects: dust, blemishes, a date stamp, a small logo on a plain area. The strongest
 * come first. With `within`, those whose middle has half of its weight at least.
 */
export async function findSpots(copy: Copy, within?: Mask): Promise<Spot[]> {
  const side = Math.max(copy.width, copy.height);
  const flags = await deviationsOf(copy, FINE_WINDOW * side);
  await addLargeSpots(flags, copy);
  const spots: Spot[] = [];
  for (const group of joinRows(groupsOf(flags, copy, Math.round((GAP * side) / 2)), copy)) {
    const spot = fits(group, side) ? spotOf(copy, group) : undefined;
    if (spot && (!within || isWithin(spot, within, copy))) spots.push(spot);
  }
  return spots.toSorted((one, other) => other.strength - one.strength);
}

/** Adds what is too large for the fine search; what that has found, it has found more exactly. */
async function addLargeSpots(flags: Uint8Array, copy: Copy): Promise<void> {
  const small = shrink(copy, sizeWithin(copy, COARSE.side));
  const coarse = await deviationsOf(small, COARSE.window * Math.max(small.width, small.height));
  const { labels, components } = componentsOf(coarse, small);
  const all = new Int32Array(components.length);
  const fine = new Int32Array(components.length);
  const labelAt = (at: number): number => {
    const x = Math.floor(((at % copy.width) * small.width) / copy.width);
    const y = Math.floor((Math.floor(at / copy.width) * small.height) / copy.height);
    return labels[y * small.width + x] as number;
  };
  for (let at = 0; at < flags.length; at += 1) {
    const label = labelAt(at);
    all[label] = (all[label] as number) + 1;
    fine[label] = (fine[label] as number) + (flags[at] as number);
  }
  const isNew = components.map(
    ({ value }, label) =>
      value === 1 && (fine[label] as number) < COARSE.knownShare * (all[label] as number),
  );
  for (let at = 0; at < flags.length; at += 1) if (isNew[labelAt(at)]) flags[at] = 1;
}

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
  const together = componentsOf(dilate(flags, copy, reach), copy);
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

function fits({ box: { width, height }, parts }: Group, side: number): boolean {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (short > LARGEST.side * side) return false;
  const isRow = parts > 1 && long > 2.5 * short;
  return long <= (isRow ? LARGEST.row : LARGEST.side) * side;
}

function spotOf(copy: Copy, group: Group): Spot | undefined {
  const { pixels, parts } = group;
  const box = grown(group.box, RIM + 1, copy);
  const own = new Uint8Array(box.width * box.height);
  for (const pixel of pixels) {
    const x = pixel % copy.width;
    own[((pixel - x) / copy.width - box.top) * box.width + x - box.left] = 255;
  }
  const solid = withoutHoles(own, box);
  const area = solid.reduce((sum, weight) => sum + weight, 0) / 255;
  if (parts === 1 && area < LEAST_FILL * group.box.width * group.box.height) return undefined;
  const cover = dilate(solid, box, RIM);
  const strength = standsOut(copy, box, solid, cover);
  return strength >= LEAST_STRENGTH ? { box, cover, strength, parts } : undefined;
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

function isWithin({ box }: Spot, mask: Mask, copy: Copy): boolean {
  const x = Math.floor(((box.left + box.width / 2) * mask.width) / copy.width);
  const y = Math.floor(((box.top + box.height / 2) * mask.height) / copy.height);
  return (mask.weights[y * mask.width + x] ?? 0) >= 128;
}
