import { isDeep, type Pixels } from './pixels.ts';
import { lumaOf } from './plane.ts';
import type { Call } from '../../../types.ts';
import { inChunks } from './rows.ts';

/** Less than this keeps a pixel as it is: half a step of 16 bits. */
const LEAST_CHANGE = 1 / 131_072;
/** As light as a channel gets by itself. */
const CEILING = 0.99;

/**
 * The same picture with another luma and the same hues. For each row, `change` gets the luma of its
 * pixels, 0 to 1, and replaces it by what is wished; alpha is left alone.
 */
export async function relight(
  pixels: Pixels,
  change: (luma: Float32Array, y: number) => void,
  call: Call,
): Promise<Pixels> {
  const { width, height, channels } = pixels;
  const data = pixels.data.slice();
  const max = isDeep(pixels) ? 65_535 : 255;
  const luma = new Float32Array(width);
  const wished = new Float32Array(width);
  await inChunks(
    height,
    (from, to) => {
      for (let y = from; y < to; y += 1) {
        const start = y * width * channels;
        for (let x = 0, at = start; x < width; x += 1, at += channels) {
          luma[x] =
            lumaOf(data[at] as number, data[at + 1] as number, data[at + 2] as number) / max;
        }
        wished.set(luma);
        change(wished, y);
        for (let x = 0, at = start; x < width; x += 1, at += channels) {
          const before = luma[x] as number;
          const after = Math.min(1, Math.max(0, wished[x] as number));
          if (Math.abs(after - before) >= LEAST_CHANGE) move(data, at, max, before, after);
        }
      }
    },
    call,
  );
  return { ...pixels, data };
}

/**
 * Moves one pixel to another luma. Its colour grows half as much as its light does: as much as that
 * makes colours glow, not at all makes them pale. What was not clipped before does not clip.
 */
function move(data: Pixels['data'], at: number, max: number, before: number, wished: number): void {
  const red = (data[at] as number) / max - before;
  const green = (data[at + 1] as number) / max - before;
  const blue = (data[at + 2] as number) / max - before;
  const highest = Math.max(red, green, blue);
  const lowest = Math.min(red, green, blue);
  const ceiling = Math.max(CEILING, before + highest);
  const after = Math.min(ceiling, wished);
  let colour = before > 0 ? Math.min(2, 0.5 + (0.5 * after) / before) : 1;
  if (highest > 0) colour = Math.min(colour, (ceiling - after) / highest);
  if (lowest < 0) colour = Math.min(colour, after / -lowest);
  data[at] = (after + colour * red) * max + 0.5;
  data[at + 1] = (after + colour * green) * max + 0.5;
  data[at + 2] = (after + colour * blue) * max + 0.5;
}
