import { maskRows, type Mask } from './mask.ts';
import type { Pixels } from './pixels.ts';

/** Puts the untouched pixels back where a filter's mask does not reach. */
export function blend(filtered: Pixels, original: Pixels, mask: Mask): void {
  const { width, height, channels, data } = filtered;
  const weightsOf = maskRows(mask, filtered);
  for (let y = 0, at = 0; y < height; y += 1) {
    const weights = weightsOf(y);
    if (!weights) {
      data.set(original.data.subarray(at, at + width * channels), at);
      at += width * channels;
      continue;
    }
    for (let x = 0; x < width; x += 1, at += channels) {
      const weight = weights[x] as number;
      if (weight === 1) continue;
      for (let value = at; value < at + channels; value += 1) {
        const before = original.data[value] as number;
        data[value] = before + weight * ((data[value] as number) - before) + 0.5;
      }
    }
  }
}
