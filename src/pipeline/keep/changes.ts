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
  for (let channel = 0; channel < 3; channel += 1) {
    await breathe(call);
    const a = channelOf(one, channel);
    const b = channelOf(other, channel);
    raise(strength, a, spanOf(b, width, height));
    raise(strength, b, spanOf(a, width, height));
  }
  await breathe(call);
  const patches = meanOf(strength, width, height);
  const sizes = new Histogram();
  for (const value of patches) sizes.add(value);
  const least = Math.max(LEAST, ABOVE_NOISE * sizes.median());
  return { data: grownFrom(patches, width, height, least), width, height };
}

function channelOf({ data, width, height }: Pixels, channel: number): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let at = 0; at < out.length; at += 1) out[at] = data[at * 3 + channel] ?? 0;
  return out;
}

interface Span {
  readonly least: Uint8Array;
  readonly most: Uint8Array;
}

/** The least and the most of each pixel and its eight neighbours. */
function spanOf(data: Uint8Array, width: number, height: number): Span {
  const rows = { least: new Uint8Array(data.length), most: new Uint8Array(data.length) };
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    const end = start + width - 1;
    for (let at = start; at <= end; at += 1) {
      const value = data[at] ?? 0;
      const left = at > start ? (data[at - 1] ?? 0) : value;
      const right = at < end ? (data[at + 1] ?? 0) : value;
      rows.least[at] = Math.min(value, left, right);
      rows.most[at] = Math.max(value, left, right);
    }
  }
  const span = { least: new Uint8Array(data.length), most: new Uint8Array(data.length) };
  for (let at = 0; at < data.length; at += 1) {
    const above = at >= width ? at - width : at;
    const below = at + width < data.length ? at + width : at;
    span.least[at] = Math.min(rows.least[at] ?? 0, rows.least[above] ?? 0, rows.least[below] ?? 0);
    span.most[at] = Math.max(rows.most[at] ?? 0, rows.most[above] ?? 0, rows.most[below] ?? 0);
  }
  return span;
}

function raise(strength: Float32Array, data: Uint8Array, { least, most }: Span): void {
  for (let at = 0; at < strength.length; at += 1) {
    const value = data[at] ?? 0;
    const outside = Math.max((least[at] ?? 0) - value, value - (most[at] ?? 0));
    if (outside > (strength[at] ?? 0)) strength[at] = outside;
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
    const [top, bottom] = [Math.max(0, y - PATCH), Math.min(height, y + PATCH + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - PATCH), Math.min(width, x + PATCH + 1)];
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
