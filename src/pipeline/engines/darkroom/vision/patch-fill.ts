import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import { fillSmoothly, halve, type HoledPicture } from './holed-picture.ts';
import {
  PATCH_RADIUS,
  patchDifference,
  prepareMatches,
  sweep,
  type Matches,
  type Random,
} from './patch-match.ts';
import { peel } from './peel.ts';

/** Rounds of matching and mixing at each size; the small sizes decide what goes where. */
const ROUNDS = { small: 8, full: 3 } as const;
/** Sizes are halved until holes are this narrow, or the picture this short; pixels. */
const NARROW_HOLE = 4;
const SHORT_SIDE = 24;

/**
 * Fills a hole with what its surroundings are made of: patches that agree with one another and with
 * the edge of the hole, from small sizes to large (after Wexler, Shechtman and Irani, "Space-Time
 * Completion of Video", 2007, and Newson et al., "Non-Local Patch-Based Image Inpainting", 2017). In
 * place; `wanted` is 1 where it is to be filled, what else is unknown is merely not copied from.
 *
 * Returns for each pixel the one that it was copied from; undefined where the picture has no whole
 * patch to copy, and was filled smoothly.
 */
export async function fillWithPatches(
  picture: HoledPicture,
  wanted: Uint8Array,
  call: Call,
): Promise<Int32Array | undefined> {
  fillSmoothly(picture);
  const random = randomNumbers();
  const levels = [{ picture, wanted, matches: prepareMatches(picture, wanted) }];
  for (let level = levels[0]; level;) {
    if (narrowest(level.wanted, level.picture) <= NARROW_HOLE) break;
    const half = halve(level.picture);
    if (Math.min(half.width, half.height) < SHORT_SIDE) break;
    const smaller = halveFlags(level.wanted, level.picture, half);
    const matches = prepareMatches(half, smaller);
    if (!matches) break;
    fillSmoothly(half);
    level = { picture: half, wanted: smaller, matches };
    levels.push(level);
  }
  let coarser: { picture: HoledPicture; matches: Matches } | undefined;
  for (const { picture: sized, wanted: holes, matches } of levels.toReversed()) {
    if (!matches) return undefined;
    if (coarser) {
      takeOver(coarser, { picture: sized, matches });
      mix(sized, holes, matches);
    } else {
      peel(sized, holes, matches);
    }
    const rounds = sized === picture ? ROUNDS.full : ROUNDS.small;
    for (let round = 0; round < rounds; round += 1) {
      remeasure(sized, matches);
      sweep(sized, matches, false, random);
      sweep(sized, matches, true, random);
      mix(sized, holes, matches);
      await setImmediate();
      call.signal.throwIfAborted();
    }
    coarser = { picture: sized, matches };
  }
  return coarser?.matches.field;
}

/** The same every time, for equal pictures are to be filled equally. */
function randomNumbers(): Random {
  let state = 88_675_123;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The shorter side of the box around what is wanted. */
function narrowest(wanted: Uint8Array, { width }: HoledPicture): number {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  for (let at = 0; at < wanted.length; at += 1) {
    if (wanted[at] === 0) continue;
    const x = at % width;
    const y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return Math.min(right - left, bottom - top) + 1;
}

function halveFlags(flags: Uint8Array, { width }: HoledPicture, half: HoledPicture): Uint8Array {
  const halved = new Uint8Array(half.width * half.height);
  for (let at = 0; at < flags.length; at += 1) {
    if (flags[at] === 0) continue;
    const x = at % width;
    halved[(((at - x) / width) >> 1) * half.width + (x >> 1)] = 1;
  }
  return halved;
}

/** Begins a size with the matches of the half of it. */
function takeOver(
  small: { picture: HoledPicture; matches: Matches },
  large: { picture: HoledPicture; matches: Matches },
): void {
  const { width } = large.picture;
  const { targets, sources, field, cost } = large.matches;
  for (const target of targets) {
    const x = target % width;
    const y = (target - x) / width;
    const match = small.matches.field[(y >> 1) * small.picture.width + (x >> 1)] ?? -1;
    if (match < 0) continue;
    const column = (match % small.picture.width) * 2 + (x & 1);
    const row = Math.floor(match / small.picture.width) * 2 + (y & 1);
    const source = row * width + column;
    if (column >= width || sources[source] !== 1) continue;
    field[target] = source;
    cost[target] = 0;
  }
}

/** The hole's colours have changed since the matches were measured. */
function remeasure(picture: HoledPicture, { targets, field, cost }: Matches): void {
  for (const target of targets) {
    const source = field[target] as number;
    cost[target] = source < 0 ? Infinity : patchDifference(picture, target, source, Infinity);
  }
}

/** Each wanted pixel becomes the mean of what the matches of all patches over it have there; good matches count more. */
function mix({ width, height, rgb }: HoledPicture, wanted: Uint8Array, matches: Matches): void {
  const { targets, field, cost } = matches;
  const costs = Float32Array.from(targets, (target) => cost[target] as number)
    .filter(Number.isFinite)
    .toSorted();
  const usual = Math.max(1e-6, costs[Math.floor(costs.length * 0.75)] ?? 0);
  const sums = new Float32Array(rgb.length);
  const weights = new Float32Array(wanted.length);
  for (const target of targets) {
    const source = field[target] as number;
    if (source < 0) continue;
    const weight = Math.exp(-(cost[target] as number) / (2 * usual)) + 1e-4;
    const x = target % width;
    const y = (target - x) / width;
    for (let row = Math.max(-PATCH_RADIUS, -y); row <= PATCH_RADIUS && y + row < height; row += 1) {
      const last = Math.min(PATCH_RADIUS, width - 1 - x);
      for (let column = Math.max(-PATCH_RADIUS, -x); column <= last; column += 1) {
        const to = target + row * width + column;
        if (wanted[to] === 0) continue;
        const from = (source + row * width + column) * 3;
        weights[to] = (weights[to] as number) + weight;
        for (let channel = 0; channel < 3; channel += 1) {
          const sum = sums[to * 3 + channel] as number;
          sums[to * 3 + channel] = sum + weight * (rgb[from + channel] as number);
        }
      }
    }
  }
  for (let at = 0; at < wanted.length; at += 1) {
    const weight = weights[at] as number;
    if (weight === 0) continue;
    for (let channel = at * 3; channel < at * 3 + 3; channel += 1) {
      rgb[channel] = (sums[channel] as number) / weight;
    }
  }
}
