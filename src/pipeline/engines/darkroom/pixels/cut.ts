import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import { maskRows, type Mask } from './mask.ts';
import { isDeep, type Pixels } from './pixels.ts';

/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 128;

/** Makes everything transparent that a mask does not cover, as far as it does not cover it. */
export async function cut(pixels: Pixels, mask: Mask, call: Call): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  const max = isDeep(pixels) ? 65_535 : 255;
  const result = isDeep(pixels)
    ? new Uint16Array(width * height * 4)
    : new Uint8Array(width * height * 4);
  const weightsOf = maskRows(mask, pixels);
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    if (y % ROWS_AT_ONCE === 0) {
      await setImmediate();
      call.signal.throwIfAborted();
    }
    const weights = weightsOf(y);
    for (let x = 0; x < width; x += 1, from += channels, to += 4) {
      result[to] = data[from] as number;
      result[to + 1] = data[from + 1] as number;
      result[to + 2] = data[from + 2] as number;
      const opacity = channels === 4 ? (data[from + 3] as number) : max;
      result[to + 3] = weights ? (weights[x] as number) * opacity + 0.5 : 0;
    }
  }
  return { data: result, width, height, channels: 4 };
}
