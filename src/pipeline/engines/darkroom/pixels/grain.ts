import type { Call } from '../../../types.ts';
import type { Size } from './box.ts';
import { hashOf } from './hash.ts';
import type { Pixels } from './pixels.ts';
import { boxMean, emptyPlane, type Plane } from './plane.ts';
import { relight } from './relight.ts';

export interface Grain {
  /** Standard deviation of luma in the mid-tones, percent of its range; 2 is fine, 8 is coarse film. */
  readonly amount: number;
  /** Another seed, another pattern. */
  readonly seed?: number;
}

/** Grain is about this many times smaller than the long side, so that it looks alike at any size. */
const GRAINS_ALONG_SIDE = 700;
/** Rows of grain made at a time. */
const BAND = 128;

/** Film grain: light alone, strongest in the mid-tones and none in black and white. Deterministic. */
export function addGrain(pixels: Pixels, { amount, seed = 1 }: Grain, call: Call): Promise<Pixels> {
  const { width, height } = pixels;
  const radius = Math.round((Math.max(width, height) / GRAINS_ALONG_SIDE - 1) / 2);
  const strength = amount / 100;
  let band: Plane = emptyPlane({ width, height: 0 });
  let top = 0;
  return relight(
    pixels,
    (luma, y) => {
      if (y >= top + band.height) {
        top = y;
        band = grainRows({ width, height: Math.min(BAND, height - y) }, top, radius, seed);
      }
      const start = (y - top) * width;
      for (let x = 0; x < width; x += 1) {
        const value = luma[x] as number;
        luma[x] = value + strength * 4 * value * (1 - value) * (band.data[start + x] as number);
      }
    },
    call,
  );
}

/** Rows of grain from `top` on: mean 0, standard deviation 1, two box blurs of white noise coarse. */
function grainRows({ width, height }: Size, top: number, radius: number, seed: number): Plane {
  // The blurs look beyond the band on all sides.
  const margin = 2 * radius;
  const white = emptyPlane({ width: width + 2 * margin, height: height + 2 * margin });
  for (let y = 0, at = 0; y < white.height; y += 1) {
    for (let x = 0; x < white.width; x += 1, at += 1) {
      white.data[at] = noiseAt(x, top + y, seed);
    }
  }
  const blurred = boxMean(boxMean(white, radius), radius);
  const scale = 1 / deviationAfter(radius);
  const rows = emptyPlane({ width, height });
  for (let y = 0; y < height; y += 1) {
    const from = (y + margin) * white.width + margin;
    for (let x = 0; x < width; x += 1) {
      rows.data[y * width + x] = (blurred.data[from + x] as number) * scale;
    }
  }
  return rows;
}

/** Standard deviation of white noise after two box means of `2 × radius + 1` pixels each way. */
function deviationAfter(radius: number): number {
  const side = 2 * radius + 1;
  // The squares of the triangle that two boxes make, along one axis; the other gives the same again.
  return (2 * side ** 2 + 1) / (3 * side ** 3);
}

/** About a normal distribution of mean 0 and deviation 1: the four bytes of a hash, summed. */
function noiseAt(x: number, y: number, seed: number): number {
  const hash = hashOf(x, y, seed);
  const sum = (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24);
  // Four bytes have a mean of 510 and a variance of 4 × (256² − 1) / 12.
  return (sum - 510) / 147.8;
}
