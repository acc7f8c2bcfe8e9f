import type { Area } from './area.ts';
import { BLOCK, flatBlocks } from './flat-blocks.ts';
import type { Photo } from './photo.ts';

/** Standard deviation of the noise in smooth places of the measured copy, in units of CIE Lab. */
export interface Noise {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Estimates the noise from how far pixels stray from their neighbors (the mask of Immerkær, "Fast
 * Noise Variance Estimation", CVIU 1996, which is blind to even slopes), in those blocks that are
 * flattest once the noise is averaged out; so texture elsewhere does not count.
 */
export function noiseOf(photo: Photo, area?: Area): Noise {
  const blocks = flatBlocks(photo, area);
  const { width } = photo.copy;
  const of = (data: Float32Array): number =>
    median(blocks.map((block) => strayIn(data, width, block)));
  return { lightness: of(photo.lightness), a: of(photo.a), b: of(photo.b) };
}

/** Standard deviation of the noise in a* and b* together. */
export function colourNoiseOf(photo: Photo, area?: Area): number {
  const { a, b } = noiseOf(photo, area);
  return Math.hypot(a, b);
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
