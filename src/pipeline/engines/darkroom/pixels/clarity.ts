import type { Call } from '../../../types.ts';
import { guided } from './guided.ts';
import type { Pixels } from './pixels.ts';
import { enlarger, reducedLuma } from './plane.ts';
import { relight } from './relight.ts';
import { pause } from './rows.ts';

export interface Clarity {
  /** -1 (soft) to 2 (crunchy): what is added of the difference from the wide surroundings. */
  readonly strength: number;
}

/** The base is made on a copy of this size, pixels: it is wide anyway. */
const COPY_SIDE = 800;
/** How far the surroundings reach, as a share of the long side. */
const REACH = 0.02;
/** Steps of luma well above this are edges, which the base follows: so they get no halo. */
const EDGE = 0.1;
/** Differences of luma beyond this grow no more. */
const LARGEST = 0.12;

/** More or less local contrast: light against its wide surroundings, strongest in the mid-tones. */
export async function clarity(pixels: Pixels, { strength }: Clarity, call: Call): Promise<Pixels> {
  const luma = await reducedLuma(pixels, COPY_SIDE);
  await pause(call);
  const radius = Math.max(1, Math.round(REACH * Math.max(luma.width, luma.height)));
  const { slope, offset } = guided(luma, luma, radius, EDGE ** 2);
  await pause(call);
  const slopes = new Float32Array(pixels.width);
  const offsets = new Float32Array(pixels.width);
  const readSlopes = enlarger(slope, pixels);
  const readOffsets = enlarger(offset, pixels);
  return relight(
    pixels,
    (row, y) => {
      readSlopes(y, slopes);
      readOffsets(y, offsets);
      for (let x = 0; x < row.length; x += 1) {
        const value = row[x] as number;
        const detail = value - ((slopes[x] as number) * value + (offsets[x] as number));
        // Black and white stay what they are.
        const weight = Math.min(1, 6 * value * (1 - value));
        row[x] = value + strength * weight * limited(detail);
      }
    },
    call,
  );
}

const limited = (detail: number): number => detail / (1 + Math.abs(detail) / LARGEST);
