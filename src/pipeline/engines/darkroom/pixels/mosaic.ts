import { maskRows, type Mask } from './mask.ts';
import type { Pixels } from './pixels.ts';

/**
 * Gives each square of `block` pixels its mean colour, in place: where the mask's weight is above
 * `above`, of 0 to 1. What lies outside has no part in the mean either.
 */
export function mosaic(pixels: Pixels, block: number, mask: Mask | undefined, above: number): void {
  const { data, width, height, channels } = pixels;
  const weightsOf = mask && maskRows(mask, pixels);
  const covered = new Uint8Array(width * block);
  for (let top = 0; top < height; top += block) {
    const rows = Math.min(block, height - top);
    covered.fill(1);
    if (weightsOf) {
      for (let row = 0; row < rows; row += 1) {
        const weights = weightsOf(top + row);
        for (let x = 0; x < width; x += 1) {
          covered[row * width + x] = weights && (weights[x] as number) > above ? 1 : 0;
        }
      }
    }
    for (let left = 0; left < width; left += block) {
      const columns = Math.min(block, width - left);
      const sums = [0, 0, 0, 0];
      let count = 0;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          if (covered[row * width + left + column] === 0) continue;
          const at = ((top + row) * width + left + column) * channels;
          // What can't be seen has no colour to give.
          const alpha = channels === 4 ? (data[at + 3] as number) : 1;
          for (let channel = 0; channel < 3; channel += 1) {
            sums[channel] = (sums[channel] as number) + alpha * (data[at + channel] as number);
          }
          sums[3] = (sums[3] as number) + alpha;
          count += 1;
        }
      }
      const [red = 0, green = 0, blue = 0, weight = 0] = sums;
      if (count === 0 || weight === 0) continue;
      const mean = [red / weight, green / weight, blue / weight, weight / count].map(Math.round);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          if (covered[row * width + left + column] === 0) continue;
          const at = ((top + row) * width + left + column) * channels;
          for (let channel = 0; channel < channels; channel += 1) {
            data[at + channel] = mean[channel] as number;
          }
        }
      }
    }
  }
}
