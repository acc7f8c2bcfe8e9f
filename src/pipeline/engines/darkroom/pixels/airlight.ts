import type { Call } from '../../../types.ts';
import type { Triple } from './colour.ts';
import { isDeep, type Pixels } from './pixels.ts';
import { lumaOf } from './plane.ts';
import { inChunks } from './rows.ts';

/**
 * Moves every pixel away from the color of the air or towards it. For each row, `distance` gets the
 * luma of its pixels, 0 to 1, and replaces it by how many times as far as before each is to be from
 * that color: below 1 is in more haze, above 1 in less. Alpha is left alone.
 */
export async function mixAirlight(
  pixels: Pixels,
  airlight: Triple,
  distance: (luma: Float32Array, y: number) => void,
  call: Call,
): Promise<Pixels> {
  const { width, height, channels } = pixels;
  const data = pixels.data.slice();
  const max = isDeep(pixels) ? 65_535 : 255;
  const air = airlight.map((value) => value * max);
  const row = new Float32Array(width);
  await inChunks(
    height,
    (from, to) => {
      const [red = 0, green = 0, blue = 0] = air;
      for (let y = from; y < to; y += 1) {
        const start = y * width * channels;
        for (let x = 0, at = start; x < width; x += 1, at += channels) {
          row[x] = lumaOf(data[at] as number, data[at + 1] as number, data[at + 2] as number) / max;
        }
        distance(row, y);
        for (let x = 0, at = start; x < width; x += 1, at += channels) {
          const times = row[x] as number;
          data[at] = clamped(red + times * ((data[at] as number) - red), max);
          data[at + 1] = clamped(green + times * ((data[at + 1] as number) - green), max);
          data[at + 2] = clamped(blue + times * ((data[at + 2] as number) - blue), max);
        }
      }
    },
    call,
  );
  return { ...pixels, data };
}

const clamped = (value: number, max: number): number =>
  value <= 0 ? 0 : value >= max ? max : value + 0.5;
