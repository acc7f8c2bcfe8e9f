import type { Call } from '../../../types.ts';
import { isDeep, type Pixels } from './pixels.ts';
import { emptyPlane, lumaOf, type Plane } from './plane.ts';
import { inChunks } from './rows.ts';

/** Mean and mean square of each of a picture's blocks. */
export interface Moments {
  readonly mean: Plane;
  readonly square: Plane;
  /** Pixels of a block. */
  readonly pixels: number;
}

/**
 * Of luma, of blue less luma and of red less luma in blocks of 2 × 2 pixels, all in sRGB values from
 * 0 to 1. Blocks at the right and lower edge repeat the last column and row.
 */
export async function blockMoments(
  pixels: Pixels,
  call: Call,
): Promise<readonly [luma: Moments, blue: Moments, red: Moments]> {
  const { data, width, height, channels } = pixels;
  const scale = 1 / (isDeep(pixels) ? 65_535 : 255);
  const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const empty = () => ({ mean: emptyPlane(size), square: emptyPlane(size), pixels: 4 });
  const [luma, blue, red] = [empty(), empty(), empty()] as const;
  const { data: lumaMean } = luma.mean;
  const { data: lumaSquare } = luma.square;
  const { data: blueMean } = blue.mean;
  const { data: blueSquare } = blue.square;
  const { data: redMean } = red.mean;
  const { data: redSquare } = red.square;
  await inChunks(
    height,
    (from, to) => {
      for (let y = from; y < to; y += 1) {
        // One row is the upper half of its blocks, the next the lower; a last one alone is both.
        const rowShare = y === height - 1 && height % 2 === 1 ? 0.5 : 0.25;
        for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
          const share = x === width - 1 && width % 2 === 1 ? rowShare * 2 : rowShare;
          const block = (y >> 1) * size.width + (x >> 1);
          const redValue = (data[at] as number) * scale;
          const blueValue = (data[at + 2] as number) * scale;
          const value = lumaOf(redValue, (data[at + 1] as number) * scale, blueValue);
          const toBlue = blueValue - value;
          const toRed = redValue - value;
          lumaMean[block] = (lumaMean[block] as number) + share * value;
          lumaSquare[block] = (lumaSquare[block] as number) + share * value * value;
          blueMean[block] = (blueMean[block] as number) + share * toBlue;
          blueSquare[block] = (blueSquare[block] as number) + share * toBlue * toBlue;
          redMean[block] = (redMean[block] as number) + share * toRed;
          redSquare[block] = (redSquare[block] as number) + share * toRed * toRed;
        }
      }
    },
    call,
  );
  return [luma, blue, red];
}

/** The same of blocks twice as wide and high. */
export const coarser = ({ mean, square, pixels }: Moments): Moments => ({
  mean: halved(mean),
  square: halved(square),
  pixels: pixels * 4,
});

/** A plane of half the size; the last column and row are repeated where they have no neighbour. */
export function halved({ data, width, height }: Plane): Plane {
  const result = emptyPlane({ width: Math.ceil(width / 2), height: Math.ceil(height / 2) });
  for (let y = 0, to = 0; y < result.height; y += 1) {
    const upper = 2 * y * width;
    const lower = Math.min(height - 1, 2 * y + 1) * width;
    for (let x = 0; x < result.width; x += 1, to += 1) {
      const left = 2 * x;
      const right = Math.min(width - 1, left + 1);
      result.data[to] =
        ((data[upper + left] as number) +
          (data[upper + right] as number) +
          (data[lower + left] as number) +
          (data[lower + right] as number)) /
        4;
    }
  }
  return result;
}
