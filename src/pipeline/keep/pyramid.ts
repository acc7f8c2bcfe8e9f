import type { Call } from '../types.ts';
import { breathe, type Pixels, type Plane } from './pixels.ts';

const SMALLEST_SIDE = 24;

/** Brightness at ever half the size, the smallest first; a little smoothed, so that noise has no slope. */
export async function pyramidOf(pixels: Pixels, call: Call): Promise<readonly Plane[]> {
  await breathe(call);
  const levels = [smoothed(brightness(pixels))];
  for (let last = levels[0]; last && Math.min(last.width, last.height) >= 2 * SMALLEST_SIDE;) {
    last = smoothed(halved(last));
    levels.unshift(last);
  }
  return levels;
}

function brightness({ data, width, height }: Pixels): Plane {
  const out = new Float32Array(width * height);
  for (let at = 0; at < out.length; at += 1) {
    out[at] =
      0.299 * (data[at * 3] ?? 0) +
      0.587 * (data[at * 3 + 1] ?? 0) +
      0.114 * (data[at * 3 + 2] ?? 0);
  }
  return { data: out, width, height };
}

/** Means of two by two; an odd last row or column is left out. */
function halved({ data, width, height }: Plane): Plane {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const at = 2 * y * width + 2 * x;
      out[y * w + x] =
        ((data[at] ?? 0) +
          (data[at + 1] ?? 0) +
          (data[at + width] ?? 0) +
          (data[at + width + 1] ?? 0)) /
        4;
    }
  }
  return { data: out, width: w, height: h };
}

/** With 1 2 1 either way. */
function smoothed({ data, width, height }: Plane): Plane {
  const rows = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const left = x > 0 ? (data[at - 1] ?? 0) : (data[at] ?? 0);
      const right = x < width - 1 ? (data[at + 1] ?? 0) : (data[at] ?? 0);
      rows[at] = (left + 2 * (data[at] ?? 0) + right) / 4;
    }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const above = y > 0 ? (rows[at - width] ?? 0) : (rows[at] ?? 0);
      const below = y < height - 1 ? (rows[at + width] ?? 0) : (rows[at] ?? 0);
      out[at] = (above + 2 * (rows[at] ?? 0) + below) / 4;
    }
  }
  return { data: out, width, height };
}
