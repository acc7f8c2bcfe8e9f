import { weightsAt } from '../pixels/mask.ts';
import type { Area } from './area.ts';
import type { Photo } from './photo.ts';

/**
 * Tells whether a pixel of the measured copy is to be counted: it can be seen, and belongs to the
 * area at least by half.
 */
export function countedIn(photo: Photo, area?: Area): (pixel: number) => boolean {
  const { visible } = photo;
  const weights = area?.mask && weightsAt(area.mask, photo.copy);
  if (!weights) return visible ? (pixel) => visible[pixel] === 1 : () => true;
  return (pixel) => (weights[pixel] ?? 0) >= 128 && (!visible || visible[pixel] === 1);
}
