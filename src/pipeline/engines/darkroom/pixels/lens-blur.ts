import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import { linearToSrgb, srgbToLinear } from './colour.ts';
import { maskRows, type Mask } from './mask.ts';
import type { Pixels } from './pixels.ts';
import { spreadDiscs, type LightField } from './light-field.ts';

/** The disc is drawn on a smaller copy, with at least this radius there; pixels. */
const DRAWN_RADIUS = 6;
const CURVE_STEPS = 4096;
/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 128;

/**
 * Blurs what a mask covers as a lens does, in place: each point becomes a disc of light of `radius`
 * pixels, so that highlights stay bright. Light comes from under the mask alone: what is sharp lends
 * nothing of its colours to what is around it.
 */
export async function lensBlur(
  pixels: Pixels,
  radius: number,
  mask: Mask | undefined,
  call: Call,
): Promise<void> {
  const factor = Math.max(1, Math.floor(radius / DRAWN_RADIUS));
  const field = await gather(pixels, factor, mask, call);
  const blurred = spreadDiscs(field, radius / factor);
  await layBack(pixels, blurred, factor, mask, call);
}

const weightRows = (pixels: Pixels, mask: Mask | undefined) => {
  const ones = new Float32Array(pixels.width).fill(1);
  return mask ? maskRows(mask, pixels) : () => ones;
};

/** Sums up the light of each cell of `factor` × `factor` pixels, by weight and opacity. */
async function gather(
  pixels: Pixels,
  factor: number,
  mask: Mask | undefined,
  call: Call,
): Promise<LightField> {
  const { data, width, height, channels } = pixels;
  const max = data instanceof Uint16Array ? 65_535 : 255;
  const toLight = Float32Array.from({ length: max + 1 }, (_, value) => srgbToLinear(value / max));
  const columns = Math.ceil(width / factor);
  const rows = Math.ceil(height / factor);
  const values = new Float32Array(columns * rows * 4);
  const weightsOf = weightRows(pixels, mask);
  for (let y = 0; y < height; y += 1) {
    if (y % ROWS_AT_ONCE === 0) await breathe(call);
    const weights = weightsOf(y);
    if (!weights) continue;
    const start = Math.floor(y / factor) * columns;
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      const opacity = channels === 4 ? (data[at + 3] as number) / max : 1;
      const weight = (weights[x] as number) * opacity;
      if (weight === 0) continue;
      const to = (start + Math.floor(x / factor)) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        const light = toLight[data[at + channel] as number] as number;
        values[to + channel] = (values[to + channel] as number) + weight * light;
      }
      values[to + 3] = (values[to + 3] as number) + weight;
    }
  }
  return { width: columns, height: rows, values };
}

/** Brings the blurred light to full size, bilinearly, and lays it over what the mask covers. */
async function layBack(
  pixels: Pixels,
  { width: columns, height: rows, values }: LightField,
  factor: number,
  mask: Mask | undefined,
  call: Call,
): Promise<void> {
  const { data, width, height, channels } = pixels;
  const max = data instanceof Uint16Array ? 65_535 : 255;
  const fromLight = Float32Array.from(
    { length: CURVE_STEPS + 1 },
    (_, step) => max * linearToSrgb(step / CURVE_STEPS),
  );
  const weightsOf = weightRows(pixels, mask);
  const light = new Float64Array(4);
  for (let y = 0; y < height; y += 1) {
    if (y % ROWS_AT_ONCE === 0) await breathe(call);
    const weights = weightsOf(y);
    if (!weights) continue;
    const row = Math.min(rows - 1, Math.max(0, (y + 0.5) / factor - 0.5));
    const top = Math.floor(row);
    const below = Math.min(rows - 1, top + 1);
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      const weight = weights[x] as number;
      if (weight === 0) continue;
      const column = Math.min(columns - 1, Math.max(0, (x + 0.5) / factor - 0.5));
      const left = Math.floor(column);
      const right = Math.min(columns - 1, left + 1);
      const [down, across] = [row - top, column - left];
      for (let value = 0; value < 4; value += 1) {
        const a = values[(top * columns + left) * 4 + value] as number;
        const b = values[(top * columns + right) * 4 + value] as number;
        const c = values[(below * columns + left) * 4 + value] as number;
        const d = values[(below * columns + right) * 4 + value] as number;
        const upper = a + across * (b - a);
        light[value] = upper + down * (c + across * (d - c) - upper);
      }
      const total = light[3] as number;
      if (total <= 0) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        const before = data[at + channel] as number;
        const step = Math.min(CURVE_STEPS, ((light[channel] as number) / total) * CURVE_STEPS);
        const low = fromLight[step | 0] as number;
        const high = fromLight[Math.min(CURVE_STEPS, (step | 0) + 1)] as number;
        const after = low + (step - (step | 0)) * (high - low);
        data[at + channel] = before + weight * (after - before) + 0.5;
      }
    }
  }
}

async function breathe(call: Call): Promise<void> {
  await setImmediate();
  call.signal.throwIfAborted();
}
