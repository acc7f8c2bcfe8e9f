import type { Call } from '../../../types.ts';
import type { Pixels } from './pixels.ts';
import { reducedLuma } from './plane.ts';
import { relight } from './relight.ts';
import { pause } from './rows.ts';
import { curveApplier, toneCurves } from './tone-curves.ts';

export interface Equalization {
  /** 0 to 1: how much of the way to equal tones. */
  readonly strength: number;
  /** How much steeper than before the tones may become; 1.5 is gentle, 4 strong. */
  readonly limit?: number;
}

/** Tones are counted on a copy of this size, pixels. */
const COPY_SIDE = 1024;

/**
 * Contrast-limited adaptive histogram equalization of luma: each part of the picture spreads its
 * tones by a curve of its own. Done here since libvips counts anew around each pixel, which takes
 * half a minute for a large picture.
 */
export async function equalize(
  pixels: Pixels,
  { strength, limit = 2 }: Equalization,
  call: Call,
): Promise<Pixels> {
  const luma = await reducedLuma(pixels, COPY_SIDE);
  await pause(call);
  const curves = toneCurves(luma, limit);
  return relight(pixels, curveApplier(curves, pixels, strength), call);
}
