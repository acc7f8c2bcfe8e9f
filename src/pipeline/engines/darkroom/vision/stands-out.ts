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

/** Where a spot is. */
export interface Outline {
  /** Pixels of the copy. */
  readonly box: Box;
  /** 255 for its own pixels, of the box's size. */
  readonly solid: Uint8Array;
  /** 255 for those and for its soft rim. */
  readonly cover: Uint8Array;
}

/**
 * How much a spot differs from the ring around it, against how much the ring differs within itself,
 * 0 to 1. The rim counts for neither. What is longer than `piece` pixels is compared piece by piece,
 * each with what lies beside it; the mean of those counts.
 */
export function standsOut(copy: Copy, outline: Outline, piece = Infinity): number {
  const { box, solid } = outline;
  let [sum, pixels] = [0, 0];
  const [columns, rows] = [Math.min(piece, box.width), Math.min(piece, box.height)];
  for (let top = 0; top < box.height; top += rows) {
    for (let left = 0; left < box.width; left += columns) {
      const part = {
        left: box.left + left,
        top: box.top + top,
        width: Math.min(columns, box.width - left),
        height: Math.min(rows, box.height - top),
      };
      const own = pixelsIn(solid, box, part);
      if (own === 0) continue;
      sum += own * partStandsOut(copy, outline, part);
      pixels += own;
    }
  }
  return pixels === 0 ? 0 : sum / pixels;
}

function pixelsIn(solid: Uint8Array, box: Box, part: Box): number {
  let pixels = 0;
  for (let y = part.top - box.top; y < part.top - box.top + part.height; y += 1) {
    for (let x = part.left - box.left; x < part.left - box.left + part.width; x += 1) {
      if (solid[y * box.width + x] === 255) pixels += 1;
    }
  }
  return pixels;
}

function partStandsOut(copy: Copy, { box, solid, cover }: Outline, part: Box): number {
  const [long, short] = [Math.max(part.width, part.height), Math.min(part.width, part.height)];
  const extent = Math.min(long, 2 * short);
  const reach = Math.max(RING.least, Math.round(RING.share * extent));
  const left = Math.max(0, part.left - reach);
  const top = Math.max(0, part.top - reach);
  const right = Math.min(copy.width, part.left + part.width + reach);
  const bottom = Math.min(copy.height, part.top + part.height + reach);
  const spot = emptyTally();
  const ring = emptyTally();
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const [column, row] = [x - box.left, y - box.top];
      const inBox = column >= 0 && column < box.width && row >= 0 && row < box.height;
      const inPart =
        x >= part.left && x < part.left + part.width && y >= part.top && y < part.top + part.height;
      const at = row * box.width + column;
      const pixel = (y * copy.width + x) * 3;
      if (!inBox || cover[at] === 0) count(ring, copy.rgb, pixel);
      else if (inPart && solid[at] === 255) count(spot, copy.rgb, pixel);
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
