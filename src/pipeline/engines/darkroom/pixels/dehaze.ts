import type { Call } from '../../../types.ts';
import { mixAirlight } from './airlight.ts';
import { airlightOf, darkChannel, patchRadius } from './dark-channel.ts';
import { guided } from './guided.ts';
import type { Pixels } from './pixels.ts';
import { enlarger, lumaOfColours, mapPlane, reducedColours } from './plane.ts';
import { pause } from './rows.ts';

export interface Dehazing {
  /** 0 (none) to 1: the share of the haze that goes. */
  readonly strength: number;
}

/** Haze is measured on a copy of this size, pixels; the picture's own edges make it fine again. */
const COPY_SIDE = 600;
/** Where haze leaves less than this to see, what is seen is mostly noise and stays hidden. */
const LEAST_SEEN = 0.2;
/** The patches of the guided filter reach this many times as far as those of the dark channel. */
const REFINED = 4;
const EPSILON = 0.001;

/**
 * Takes haze away: what each pixel shows is a mix of the scene and of the haze's color, and the
 * darkest channel around it tells how much of it is haze (He, Sun, Tang, CVPR 2009).
 */
export async function dehaze(pixels: Pixels, { strength }: Dehazing, call: Call): Promise<Pixels> {
  const colours = await reducedColours(pixels, COPY_SIDE);
  await pause(call);
  const airlight = airlightOf(colours);
  const seen = mapPlane(darkChannel(colours, airlight), (dark) => 1 - strength * dark);
  await pause(call);
  const guide = lumaOfColours(colours);
  const { slope, offset } = guided(guide, seen, REFINED * patchRadius(guide), EPSILON);
  await pause(call);
  const slopes = new Float32Array(pixels.width);
  const offsets = new Float32Array(pixels.width);
  const readSlopes = enlarger(slope, pixels);
  const readOffsets = enlarger(offset, pixels);
  return mixAirlight(
    pixels,
    airlight,
    (luma, y) => {
      readSlopes(y, slopes);
      readOffsets(y, offsets);
      for (let x = 0; x < luma.length; x += 1) {
        const share = (slopes[x] as number) * (luma[x] as number) + (offsets[x] as number);
        luma[x] = 1 / Math.min(1, Math.max(LEAST_SEEN, share));
      }
    },
    call,
  );
}
