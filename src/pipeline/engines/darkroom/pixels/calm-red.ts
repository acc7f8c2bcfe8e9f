import type { Mask } from './mask.ts';
import { maskRows } from './mask.ts';
import type { Pixels } from './pixels.ts';

/** A pupil is darker than what green and blue show of it. */
const DARKER = 0.75;
/** Red at so many times the other colours is all of it a flash; at 1 none is. */
const ALL_RED = 1.5;

/** Makes red within a mask a dark grey, in place; a glint, which is not red, stays. */
export function calmRed(pixels: Pixels, mask: Mask): void {
  const { data, width, height, channels } = pixels;
  const rowAt = maskRows(mask, pixels);
  for (let y = 0; y < height; y += 1) {
    const weights = rowAt(y);
    if (!weights) continue;
    for (let x = 0; x < width; x += 1) {
      const weight = weights[x] as number;
      if (weight === 0) continue;
      const at = (y * width + x) * channels;
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]] as [number, number, number];
      const excess = (red / Math.max(1, green, blue) - 1) / (ALL_RED - 1);
      const share = Math.min(1, 2 * weight) * Math.min(1, Math.max(0, excess));
      const gray = (DARKER * (green + blue)) / 2;
      for (let channel = at; channel < at + 3; channel += 1) {
        const before = data[channel] as number;
        data[channel] = before + share * (gray - before) + 0.5;
      }
    }
  }
}
