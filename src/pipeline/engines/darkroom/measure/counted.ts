import type { Photo } from './photo.ts';

/**
 * Tells whether a pixel of the measured copy is to be counted: it can be seen, and `weights` (0 to
 * 255 for each pixel of the copy) gives it at least half.
 */
export function countedIn(photo: Photo, weights?: Uint8Array): (pixel: number) => boolean {
  const { visible } = photo;
  if (!weights) return visible ? (pixel) => visible[pixel] === 1 : () => true;
  return (pixel) => (weights[pixel] ?? 0) >= 128 && (!visible || visible[pixel] === 1);
}
