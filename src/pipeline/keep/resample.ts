import type { Call } from '../types.ts';
import type { Axis, Mapping } from './mapping.ts';
import { breathe, type Pixels, type Size } from './pixels.ts';

/** The kernel of Lanczos over three pixels either side. */
const LOBES = 3;
const ROWS_AT_A_TIME = 64;

/**
 * A picture in another size, each pixel from the place that the mapping names, in one step: to be resized and
 * moved one after the other would blur it twice. What lies outside is mirrored in.
 */
export async function resample(
  { data, width, height }: Pixels,
  to: Size,
  mapping: Mapping,
  call: Call,
): Promise<Pixels> {
  const across = tapsAlong(mapping.x, to.width, width);
  const down = tapsAlong(mapping.y, to.height, height);
  const wide = new Float32Array(to.width * height * 3);
  for (let y = 0; y < height; y += 1) {
    if (y % ROWS_AT_A_TIME === 0) await breathe(call);
    for (let x = 0; x < to.width; x += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (let tap = x * across.count; tap < (x + 1) * across.count; tap += 1) {
        const from = (y * width + (across.places[tap] ?? 0)) * 3;
        const weight = across.weights[tap] ?? 0;
        red += weight * (data[from] ?? 0);
        green += weight * (data[from + 1] ?? 0);
        blue += weight * (data[from + 2] ?? 0);
      }
      const at = (y * to.width + x) * 3;
      wide[at] = red;
      wide[at + 1] = green;
      wide[at + 2] = blue;
    }
  }
  const out = new Uint8ClampedArray(to.width * to.height * 3);
  const row = new Float32Array(to.width * 3);
  for (let y = 0; y < to.height; y += 1) {
    if (y % ROWS_AT_A_TIME === 0) await breathe(call);
    row.fill(0);
    for (let tap = y * down.count; tap < (y + 1) * down.count; tap += 1) {
      const from = (down.places[tap] ?? 0) * row.length;
      const weight = down.weights[tap] ?? 0;
      for (let at = 0; at < row.length; at += 1) {
        row[at] = (row[at] ?? 0) + weight * (wide[from + at] ?? 0);
      }
    }
    out.set(row, y * row.length);
  }
  return { data: new Uint8Array(out.buffer), ...to };
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
  const count = Math.ceil(2 * LOBES * spread) + 1;
  const places = new Int32Array(length * count);
  const weights = new Float32Array(length * count);
  for (let index = 0; index < length; index += 1) {
    const middle = (scale * ((index + 0.5) / length) + shift) * from - 0.5;
    const first = Math.ceil(middle - LOBES * spread);
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
