import sharp from 'sharp';

import { untilAborted } from '../../image/until-aborted.ts';
import type { EncodedImage } from '../../image/types.ts';
import type { Call } from '../types.ts';
import { feathered } from './feather.ts';
import type { Plane, Size } from './pixels.ts';

/** Masks are laid on at this size, longest side in pixels. */
export const MASK_SIDE = 1_024;
/** How far the edges of an edit are faded out, as a share of the longest side. */
const FEATHER = 0.004;

/** How much of an edit is laid on: 1 well inside of the mask, falling to 0 at its edge. */
export async function fadedInwards(
  { bytes }: EncodedImage,
  size: Size,
  call: Call,
): Promise<Plane> {
  const { width, height } = size;
  const reading = sharp(bytes)
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const greys = await untilAborted(reading, call.signal);
  // What is marked in part is not marked: outside of the mask nothing may change.
  const unmarked = Float32Array.from(greys, (grey) => (grey >= 250 ? 0 : 1));
  const fade = Math.max(3, FEATHER * Math.max(width, height));
  const outside = feathered({ data: unmarked, width, height }, fade);
  return { data: outside.data.map((weight) => 1 - weight), width, height };
}
