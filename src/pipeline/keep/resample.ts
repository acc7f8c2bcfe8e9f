import type { Call } from '../types.ts';
import type { Axis, Mapping } from './mapping.ts';
import { breathe, type Pixels, type Region, type Size } from './pixels.ts';

/** The kernel of Lanczos over three pixels either side. */
const LOBES = 3;
const ROWS_AT_A_TIME = 32;

/** A picture in another size, each pixel from the place that the mapping names. */
export async function resample(
  picture: Pixels,
  to: Size,
  mapping: Mapping,
  call: Call,
): Promise<Pixels> {
  const { width, height } = to;
  const cut = resampler(picture, to, mapping);
  const data = new Uint8Array(width * height * 3);
  for (let top = 0; top < height; top += ROWS_AT_A_TIME) {
    await breathe(call);
    const band = { left: 0, top, width, height: Math.min(ROWS_AT_A_TIME, height - top) };
    data.set(cut(band).data, top * width * 3);
  }
  return { data, width, height };
}

/**
 * Cuts parts out of a picture as it is in another size, each pixel from the place that the mapping names, in one
 * step: to be resized and moved one after the other would blur it twice. What lies outside is mirrored in.
 */
export function resampler(
  { data, width, height }: Pixels,
  to: Size,
  mapping: Mapping,
): (part: Region) => Pixels {
  const across = tapsAlong(mapping.x, to.width, width);
  const down = tapsAlong(mapping.y, to.height, height);
  return ({ left, top, width: columns, height: rows }) => {
    const length = columns * 3;
    const taps = down.places.subarray(top * down.count, (top + rows) * down.count);
    const first = taps.reduce((least, place) => Math.min(least, place), height);
    const last = taps.reduce((most, place) => Math.max(most, place), 0);
    const wide = new Float32Array((last - first + 1) * length);
    for (let row = first; row <= last; row += 1) {
      const from = data.subarray(row * width * 3, (row + 1) * width * 3);
      const start = (row - first) * length;
      gatherAcross(from, across, left, wide.subarray(start, start + length));
    }
    const out = new Uint8ClampedArray(rows * length);
    for (let row = 0; row < rows; row += 1) {
      const start = (top + row) * down.count;
      gatherDown(
        wide,
        taps.subarray(row * down.count, (row + 1) * down.count).map((at) => (at - first) * length),
        down.weights.subarray(start, start + down.count),
        out.subarray(row * length, (row + 1) * length),
      );
    }
    return { data: new Uint8Array(out.buffer), width: columns, height: rows };
  };
}

/** One row of a picture in its new width, from the column `left` on. */
function gatherAcross(
  from: Uint8Array,
  { count, places, weights }: Taps,
  left: number,
  to: Float32Array,
): void {
  let tap = left * count;
  for (let at = 0; at < to.length; at += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (const end = tap + count; tap < end; tap += 1) {
      const place = (places[tap] ?? 0) * 3;
      const weight = weights[tap] ?? 0;
      red += weight * (from[place] ?? 0);
      green += weight * (from[place + 1] ?? 0);
      blue += weight * (from[place + 2] ?? 0);
    }
    to[at] = red;
    to[at + 1] = green;
    to[at + 2] = blue;
  }
}

/** One row made of several; `starts` says where each of them begins. */
function gatherDown(
  rows: Float32Array,
  starts: Int32Array,
  weights: Float32Array,
  to: Uint8ClampedArray,
): void {
  for (let at = 0; at < to.length; at += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < starts.length; tap += 1) {
      const from = (starts[tap] ?? 0) + at;
      const weight = weights[tap] ?? 0;
      red += weight * (rows[from] ?? 0);
      green += weight * (rows[from + 1] ?? 0);
      blue += weight * (rows[from + 2] ?? 0);
    }
    to[at] = red;
    to[at + 1] = green;
    to[at + 2] = blue;
  }
}

/** For each pixel of a row, which pixels of the other it is made of, and how much of each. */
interface Taps {
  readonly count: number;
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

function tapsAlong({ scale, shift }: Axis, length: number, from: number): Taps {
  // Of a larger picture each pixel is made of as many more.
  const spread = Math.max(1, (scale * from) / length);
  const count = Math.ceil(2 * LOBES * spread);
  const places = new Int32Array(length * count);
  const weights = new Float32Array(length * count);
  for (let index = 0; index < length; index += 1) {
    const middle = (scale * ((index + 0.5) / length) + shift) * from - 0.5;
    const first = Math.floor(middle - LOBES * spread) + 1;
    let sum = 0;
    for (let tap = 0; tap < count; tap += 1) {
      const weight = lanczos((first + tap - middle) / spread);
      places[index * count + tap] = mirrored(first + tap, from);
      weights[index * count + tap] = weight;
      sum += weight;
    }
    for (let tap = index * count; tap < (index + 1) * count; tap += 1) {
      weights[tap] = (weights[tap] ?? 0) / sum;
    }
  }
  return { count, places, weights };
}

function lanczos(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= LOBES) return 0;
  const angle = Math.PI * distance;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / angle ** 2;
}

function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const within = ((place % period) + period) % period;
  return within < length ? within : period - 1 - within;
}
