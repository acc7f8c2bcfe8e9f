import type { EncodedImage } from '../../../../image/types.ts';
import { fadedInwards } from '../../../keep/soft-mask.ts';
import type { Call } from '../../../types.ts';
import type { Photo } from './photo.ts';

/** The same picture, of which nothing is seen but what a mask gives over to an edit, wholly if it can be. */
export async function withinMarks(
  photo: Photo,
  mask: EncodedImage | undefined,
  call: Call,
): Promise<Photo> {
  if (!mask) return photo;
  const { data: weights } = await fadedInwards(mask, photo.copy, call);
  const shownFrom = (least: number) =>
    Uint8Array.from(weights, (weight, pixel) =>
      weight >= least && photo.visible?.[pixel] !== 0 ? 1 : 0,
    );
  const visible = [shownFrom(1), shownFrom(0.5)].find((seen) => seen.includes(1));
  return visible ? { ...photo, visible } : photo;
}
