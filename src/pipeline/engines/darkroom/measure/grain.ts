import { boxMean } from '../pixels/plane.ts';
import type { Area } from './area.ts';
import { BLOCK, flatBlocks } from './flat-blocks.ts';
import type { Photo } from './photo.ts';

/** Grain is finer than the square that reaches this far, pixels of the copy. */
const REACH = 3;

/**
 * How strong the grain is that can be seen in smooth places, as the standard deviation of L* from
 * its near surroundings. Unlike the noise it may be a few pixels coarse.
 */
export function grainOf(photo: Photo, area?: Area): number {
  const { copy, lightness } = photo;
  const around = boxMean({ ...copy, data: lightness }, REACH).data;
  const strays = flatBlocks(photo, area).map((first) => {
    let squares = 0;
    for (let y = 0; y < BLOCK; y += 1) {
      for (let at = first + y * copy.width; at < first + y * copy.width + BLOCK; at += 1) {
        squares += ((lightness[at] as number) - (around[at] as number)) ** 2;
      }
    }
    return Math.sqrt(squares) / BLOCK;
  });
  return strays.toSorted((one, other) => one - other)[strays.length >> 1] ?? 0;
}
