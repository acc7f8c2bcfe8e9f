import type { Size } from '../pixels/box.ts';
import { boxMean } from './box-mean.ts';
import type { Copy } from './copy.ts';

/** How far sharp detail speaks for its surroundings, as a share of the picture's width. */
const REACH = 0.03;
/** Detail that is sharp in any picture; root of the mean Laplacian of 8-bit values. */
const SHARP = 5;

/**
 * Where the picture is in focus, 0 to 1, at a smaller size, against its sharpest place: the mean of fine detail (the Laplacian of
 * green), as a photographer's blurred background has none.
 */
export function sharpnessOf(copy: Copy, size: Size): Float32Array {
  const { width, height, rgb } = copy;
  const sums = new Float32Array(size.width * size.height);
  const counts = new Float32Array(sums.length);
  const row = width * 3;
  for (let y = 1; y < height - 1; y += 1) {
    const cellRow = Math.floor((y * size.height) / height) * size.width;
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * row + x * 3 + 1;
      const around =
        (rgb[at - 3] as number) +
        (rgb[at + 3] as number) +
        (rgb[at - row] as number) +
        (rgb[at + row] as number);
      const cell = cellRow + Math.floor((x * size.width) / width);
      sums[cell] =
        (sums[cell] as number) + Math.min(127, Math.abs(4 * (rgb[at] as number) - around));
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  for (let cell = 0; cell < sums.length; cell += 1) {
    sums[cell] = Math.sqrt((sums[cell] as number) / Math.max(1, counts[cell] as number));
  }
  const radius = Math.round(size.width * REACH);
  const sharpness = boxMean(boxMean(sums, size, radius), size, radius);
  // The least that the picture has anywhere is grain.
  const grain = sharpness.reduce((low, value) => Math.min(low, value), Infinity);
  const most = sharpness.reduce((high, value) => Math.max(high, value - grain), SHARP);
  return sharpness.map((value) => (value - grain) / most);
}
