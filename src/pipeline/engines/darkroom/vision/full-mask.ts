import type { Mask } from '../pixels/mask.ts';
import { isDeep, type Pixels } from '../pixels/pixels.ts';
import { refineMask } from './guided-filter.ts';

/** Above this many pixels the mask of the measured copy has to do. */
const MAX_PIXELS = 30_000_000;

/** A mask that was found on a measured copy, with its edges where those of the full picture are. */
export function fullMask(mask: Mask, pixels: Pixels): Mask {
  const { data, width, height, channels } = pixels;
  if (mask.width >= width || width * height > MAX_PIXELS) return mask;
  const depth = isDeep(pixels) ? 257 : 1;
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = (data[from] as number) / depth;
    rgb[to + 1] = (data[from + 1] as number) / depth;
    rgb[to + 2] = (data[from + 2] as number) / depth;
  }
  return refineMask(mask, { width, height, rgb });
}
