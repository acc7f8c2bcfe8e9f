import type { Call } from '../types.ts';
import { Histogram } from './histogram.ts';
import { breathe, type Pixels, type Plane } from './pixels.ts';

/** Smaller differences are of coding; of 255, means of a patch. */
const LEAST = 6;
/** What noise and blur leave, times this, is no change either. */
const ABOVE_NOISE = 4;
/** A change is that much stronger somewhere. */
const CORE = 2;
const PATCH = 2;
const ROWS_AT_A_TIME = 128;
/** A change covers at least that share of the picture. */
const LEAST_SHARE = 0.00015;

/**
 * Where two pictures of one size differ by more than noise, blur and a pixel's move can explain: 1 there, else 0.
 * A value differs by how far it lies outside of what its neighbours in the other picture span, seen from
 * either of the two.
 */
export async function changesBetween(one: Pixels, other: Pixels, call: Call): Promise<Plane> {
  const { width, height } = one;
  const strength = new Float32Array(width * height);
  await raise(strength, one, other, call);
  await raise(strength, other, one, call);
  await breathe(call);
  const patches = meanOf(strength, width, height);
  const sizes = new Histogram();
  for (const value of patches) sizes.add(value);
  const least = Math.max(LEAST, ABOVE_NOISE * sizes.median());
  return { data: grownFrom(patches, width, height, least), width, height };
}

/** Notes of each pixel how far it lies outside of what the neighbourhood in another picture spans. */
async function raise(
  strength: Float32Array,
  { data, width, height }: Pixels,
  other: Pixels,
  call: Call,
): Promise<void> {
  const length = width * 3;
  const rowOf = (from: Uint8Array, y: number) => from.subarray(y * length, (y + 1) * length);
  // With a pixel more at either end, so that each has both its neighbours.
  const least = new Uint8Array(length + 6);
  const most = new Uint8Array(length + 6);
  for (let y = 0; y < height; y += 1) {
    if (y % ROWS_AT_A_TIME === 0) await breathe(call);
    const above = rowOf(other.data, Math.max(0, y - 1));
    const below = rowOf(other.data, Math.min(height - 1, y + 1));
    spanDown([above, rowOf(other.data, y), below], least, most);
    raiseRow(strength.subarray(y * width, (y + 1) * width), rowOf(data, y), least, most);
  }
}

/** The least and the most of each value of three rows, from the second pixel on; those at the ends twice. */
function spanDown(
  [above, middle, below]: readonly [Uint8Array, Uint8Array, Uint8Array],
  least: Uint8Array,
  most: Uint8Array,
): void {
  for (let at = 0; at < middle.length; at += 1) {
    const one = above[at] ?? 0;
    const two = middle[at] ?? 0;
    const three = below[at] ?? 0;
    least[at + 3] = Math.min(one, two, three);
    most[at + 3] = Math.max(one, two, three);
  }
  for (const span of [least, most]) {
    span.copyWithin(0, 3, 6);
    span.copyWithin(span.length - 3, span.length - 6, span.length - 3);
  }
}

function raiseRow(
  strength: Float32Array,
  row: Uint8Array,
  least: Uint8Array,
  most: Uint8Array,
): void {
  let at = 0;
  for (let x = 0; x < strength.length; x += 1) {
    let far = strength[x] ?? 0;
    for (const end = at + 3; at < end; at += 1) {
      const value = row[at] ?? 0;
      const low = Math.min(least[at] ?? 0, least[at + 3] ?? 0, least[at + 6] ?? 0);
      const high = Math.max(most[at] ?? 0, most[at + 3] ?? 0, most[at + 6] ?? 0);
      far = Math.max(far, low - value, value - high);
    }
    strength[x] = far;
  }
}

/** Means of patches, by sums of all that lies left of and above each pixel. */
function meanOf(data: Float32Array, width: number, height: number): Float32Array {
  const wide = width + 1;
  const sums = new Float64Array(wide * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] ?? 0;
      sums[(y + 1) * wide + x + 1] = (sums[y * wide + x + 1] ?? 0) + row;
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - PATCH);
    const bottom = Math.min(height, y + PATCH + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - PATCH);
      const right = Math.min(width, x + PATCH + 1);
      const sum =
        (sums[bottom * wide + right] ?? 0) -
        (sums[top * wide + right] ?? 0) -
        (sums[bottom * wide + left] ?? 0) +
        (sums[top * wide + left] ?? 0);
      out[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return out;
}

/** The connected regions above the least that are strong somewhere and not too small. */
function grownFrom(
  strength: Float32Array,
  width: number,
  height: number,
  least: number,
): Float32Array {
  const marks = new Float32Array(strength.length);
  const seen = new Uint8Array(strength.length);
  const leastPixels = Math.max(PATCH ** 2, LEAST_SHARE * strength.length);
  for (let seed = 0; seed < strength.length; seed += 1) {
    if (seen[seed] || (strength[seed] ?? 0) < CORE * least) continue;
    const region = [seed];
    seen[seed] = 1;
    for (const at of region) {
      const x = at % width;
      const neighbours = [
        x > 0 ? at - 1 : -1,
        x < width - 1 ? at + 1 : -1,
        at - width,
        at + width < width * height ? at + width : -1,
      ];
      for (const next of neighbours) {
        if (next < 0 || seen[next] || (strength[next] ?? 0) < least) continue;
        seen[next] = 1;
        region.push(next);
      }
    }
    if (region.length >= leastPixels) for (const at of region) marks[at] = 1;
  }
  return marks;
}
