import { boxMean, type Plane } from '../pixels/plane.ts';
import type { Area } from './area.ts';
import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

/** Side of the blocks that are judged, pixels. */
export const BLOCK = 12;
/** The flattest share of the blocks is taken to show nothing but noise. */
const FLATTEST = 0.2;
/** L* beyond which a block is clipped, and its noise with it. */
const DARKEST = 3;
const LIGHTEST = 98;

/**
 * The first pixels of those blocks that are flattest once fine noise is averaged out: what they show
 * is nothing but noise. None reaches the border of the picture.
 */
export function flatBlocks(photo: Photo, area?: Area): number[] {
  const { width, height } = photo.copy;
  const counted = countedIn(photo, area);
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
