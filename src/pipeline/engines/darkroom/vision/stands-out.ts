import type { Box } from '../pixels/box.ts';
import type { Copy } from './copy.ts';
import { rise } from './rise.ts';

/** How far around a spot its surroundings reach, as a share of its longer side (twice the shorter at most); pixels at least. */
const RING = { share: 0.35, least: 5 } as const;
/** Levels that any picture varies by. */
const GRAIN = 3;
/** A difference of so many times what the surroundings vary by is chance, or beyond doubt. */
const CHANCE = 1.5;
const CERTAIN = 8;

/**
 * How much a spot differs from the ring around it, against how much the ring differs within itself,
 * 0 to 1. `solid` is the spot within its box, `cover` the spot with its rim, which counts for neither.
 */
export function standsOut(copy: Copy, box: Box, solid: Uint8Array, cover: Uint8Array): number {
  const [long, short] = [Math.max(box.width, box.height), Math.min(box.width, box.height)];
  const extent = Math.min(long, 2 * short);
  const reach = Math.max(RING.least, Math.round(RING.share * extent));
  const left = Math.max(0, box.left - reach);
  const top = Math.max(0, box.top - reach);
  const right = Math.min(copy.width, box.left + box.width + reach);
  const bottom = Math.min(copy.height, box.top + box.height + reach);
  const spot = emptyTally();
  const ring = emptyTally();
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const [column, row] = [x - box.left, y - box.top];
      const inBox = column >= 0 && column < box.width && row >= 0 && row < box.height;
      const at = row * box.width + column;
      const pixel = (y * copy.width + x) * 3;
      if (!inBox || cover[at] === 0) count(ring, copy.rgb, pixel);
      else if (solid[at] === 255) count(spot, copy.rgb, pixel);
    }
  }
  if (spot.pixels === 0 || ring.pixels === 0) return 0;
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const mean = (ring.sums[channel] as number) / ring.pixels;
    const variance = (ring.squares[channel] as number) / ring.pixels - mean * mean;
    const difference = Math.abs((spot.sums[channel] as number) / spot.pixels - mean);
    most = Math.max(most, difference / (Math.sqrt(Math.max(0, variance)) + GRAIN));
  }
  return rise(most, CHANCE, CERTAIN);
}

interface Tally {
  pixels: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

const emptyTally = (): Tally => ({
  pixels: 0,
  sums: new Float64Array(3),
  squares: new Float64Array(3),
});

function count(tally: Tally, rgb: Uint8Array, pixel: number): void {
  tally.pixels += 1;
  for (let channel = 0; channel < 3; channel += 1) {
    const value = rgb[pixel + channel] as number;
    tally.sums[channel] = (tally.sums[channel] as number) + value;
    tally.squares[channel] = (tally.squares[channel] as number) + value * value;
  }
}
