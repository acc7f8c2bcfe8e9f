import type { LatentSize } from './latents.ts';

/** Latents on the longer side of a preview: 256 pixels. */
const LONGEST = 32;

/**
 * Latents of a smaller picture: each the mean of a square of them. A picture decoded from these is coarse, and costs a
 * small part of the whole one.
 */
export function shrinkLatents(
  latents: Float32Array,
  { channels, rows, columns }: LatentSize,
): { latents: Float32Array; size: LatentSize } {
  const factor = Math.max(Math.ceil(Math.max(rows, columns) / LONGEST), 1);
  const size = {
    channels,
    rows: Math.max(Math.floor(rows / factor), 1),
    columns: Math.max(Math.floor(columns / factor), 1),
  };
  const small = new Float32Array(channels * size.rows * size.columns);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < size.rows; row++) {
      for (let column = 0; column < size.columns; column++) {
        let sum = 0;
        let count = 0;
        for (let y = row * factor; y < Math.min((row + 1) * factor, rows); y++) {
          for (let x = column * factor; x < Math.min((column + 1) * factor, columns); x++) {
            sum += latents[(channel * rows + y) * columns + x] as number;
            count++;
          }
        }
        small[at++] = sum / count;
      }
    }
  }
  return { latents: small, size };
}
