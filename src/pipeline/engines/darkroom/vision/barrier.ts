import type { Size } from '../pixels/box.ts';

/** Passes over the picture that settle the distances; more change next to nothing. */
const PASSES = 4;
/** Border pixels from this on may belong to a subject that leaves the picture; 0 to 1. */
const UNLIKE_BORDER = 0.35;

/**
 * Adds one channel's minimum barrier distance from the border: the least range of values on any path
 * to it. Border pixels that are themselves unlike the rest of the border are no background to start from.
 */
export function addBarrier(
  channel: Float32Array,
  unlike: Float32Array,
  sum: Float32Array,
  { width, height }: Size,
): void {
  const distance = new Float32Array(channel.length).fill(Infinity);
  const highest = channel.slice();
  const lowest = channel.slice();
  for (let y = 0; y < height; y += 1) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let at = y * width; at < (y + 1) * width; at += step) {
      if ((unlike[at] as number) < UNLIKE_BORDER) distance[at] = 0;
    }
  }
  const relax = (at: number, from: number): void => {
    const value = channel[at] as number;
    const high = Math.max(highest[from] as number, value);
    const low = Math.min(lowest[from] as number, value);
    if (high - low < (distance[at] as number) && distance[from] !== Infinity) {
      distance[at] = high - low;
      highest[at] = high;
      lowest[at] = low;
    }
  };
  for (let pass = 0; pass < PASSES; pass += 1) {
    if (pass % 2 === 0) {
      for (let y = 0, at = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1, at += 1) {
          if (x > 0) relax(at, at - 1);
          if (y > 0) relax(at, at - width);
        }
      }
    } else {
      for (let y = height - 1, at = width * height - 1; y >= 0; y -= 1) {
        for (let x = width - 1; x >= 0; x -= 1, at -= 1) {
          if (x < width - 1) relax(at, at + 1);
          if (y < height - 1) relax(at, at + width);
        }
      }
    }
  }
  for (let at = 0; at < sum.length; at += 1) {
    const value = distance[at] as number;
    if (value !== Infinity) sum[at] = (sum[at] as number) + value;
  }
}
