import { boxMean, type Plane } from '../pixels/plane.ts';
import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

/** Standard deviation of the noise in smooth places of the measured copy, in units of CIE Lab. */
export interface Noise {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** Side of the blocks that are judged, pixels. */
const BLOCK = 12;
/** The flattest share of the blocks is taken to show nothing but noise. */
const FLATTEST = 0.2;
/** L* beyond which a block is clipped, and its noise with it. */
const DARKEST = 3;
const LIGHTEST = 98;

/**
 * Estimates the noise from how far pixels stray from their neighbors (the mask of Immerkær, "Fast
 * Noise Variance Estimation", CVIU 1996, which is blind to even slopes), in those blocks that are
 * flattest once the noise is averaged out; so texture elsewhere does not count. `weights` (0 to 255
 * for each pixel of the copy) limits it to a part.
 */
export function noiseOf(photo: Photo, weights?: Uint8Array): Noise {
  const blocks = flatBlocks(photo, weights);
  const { width } = photo.copy;
  const of = (data: Float32Array): number =>
    median(blocks.map((block) => strayIn(data, width, block)));
  return { lightness: of(photo.lightness), a: of(photo.a), b: of(photo.b) };
}

/** The first pixels of the flattest blocks; none reaches the border of the picture. */
function flatBlocks(photo: Photo, weights?: Uint8Array): number[] {
  const { width, height } = photo.copy;
  const counted = countedIn(photo, weights);
  const smooth = boxMean({ ...photo.copy, data: photo.lightness }, 2);
  const judged: { first: number; spread: number }[] = [];
  for (let top = 1; top + BLOCK < height; top += BLOCK) {
    for (let left = 1; left + BLOCK < width; left += BLOCK) {
      const first = top * width + left;
      const spread = spreadIn(smooth, first, counted);
      if (spread !== undefined) judged.push({ first, spread });
    }
  }
  judged.sort((one, other) => one.spread - other.spread);
  return judged.slice(0, Math.ceil(judged.length * FLATTEST)).map(({ first }) => first);
}

/** Variance of a block; undefined where it is clipped or not wholly to be counted. */
function spreadIn(
  { data, width }: Plane,
  first: number,
  counted: (pixel: number) => boolean,
): number | undefined {
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < BLOCK; y += 1) {
    for (let x = 0; x < BLOCK; x += 1) {
      const pixel = first + y * width + x;
      if (!counted(pixel)) return undefined;
      const value = data[pixel] as number;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / BLOCK ** 2;
  if (mean < DARKEST || mean > LIGHTEST) return undefined;
  return squares / BLOCK ** 2 - mean * mean;
}

/** Standard deviation of the noise of one block, from the mean size of the mask's answers. */
function strayIn(data: Float32Array, width: number, first: number): number {
  let sum = 0;
  for (let y = 0; y < BLOCK; y += 1) {
    for (let x = 0; x < BLOCK; x += 1) {
      const at = first + y * width + x;
      const value = (pixel: number): number => data[pixel] as number;
      sum += Math.abs(
        value(at - width - 1) -
          2 * value(at - width) +
          value(at - width + 1) -
          2 * value(at - 1) +
          4 * value(at) -
          2 * value(at + 1) +
          value(at + width - 1) -
          2 * value(at + width) +
          value(at + width + 1),
      );
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * BLOCK ** 2);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}
