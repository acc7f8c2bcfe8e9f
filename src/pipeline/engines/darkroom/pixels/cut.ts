import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import { blurWithin } from './blur-within.ts';
import { maskRows, type Mask } from './mask.ts';
import { isDeep, type Pixels } from './pixels.ts';

/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 128;

/** Half-covered pixels take their colour from so many well covered ones; share of the longest side. */
const REACH = 1 / 350;
/** Weight from which a pixel shows nothing of what is behind it; 0 to 255. */
const CLEAN = 242;

/**
 * Makes everything transparent that a mask does not cover, as far as it does not cover it. What is
 * half covered loses the colour of what was behind it.
 */
export async function cut(pixels: Pixels, mask: Mask, call: Call): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  const max = isDeep(pixels) ? 65_535 : 255;
  const result = isDeep(pixels)
    ? new Uint16Array(width * height * 4)
    : new Uint8Array(width * height * 4);
  const weightsOf = maskRows(mask, pixels);
  const clean = mask.weights.map((weight) => (weight >= CLEAN ? 255 : 0));
  const reach = Math.max(1, Math.max(width, height) * REACH);
  const inner = await blurWithin(pixels, reach, { ...mask, weights: clean });
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    if (y % ROWS_AT_ONCE === 0) {
      await setImmediate();
      call.signal.throwIfAborted();
    }
    const weights = weightsOf(y);
    for (let x = 0; x < width; x += 1, from += channels, to += 4) {
      const weight = weights ? (weights[x] as number) : 0;
      for (let channel = 0; channel < 3; channel += 1) {
        const own = data[from + channel] as number;
        const pure = inner.data[from + channel] as number;
        result[to + channel] = own + (1 - weight) * (pure - own) + 0.5;
      }
      const opacity = channels === 4 ? (data[from + 3] as number) : max;
      result[to + 3] = weight * opacity + 0.5;
    }
  }
  return { data: result, width, height, channels: 4 };
}
