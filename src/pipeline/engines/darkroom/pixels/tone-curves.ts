import type { Size } from './box.ts';
import type { Plane } from './plane.ts';

/** Tiles along the long side. */
const TILES = 6;
/** Steps of luma from 0 to 1. */
const STEPS = 128;
/** Of its way to white, a tile's lightest tone may go this share. */
const HEADROOM = 0.4;
/** Values of one curve: at both ends of every step. */
const POINTS = STEPS + 1;

/** A curve for each tile of a picture, tiles row by row: what luma 0, 1/128, … 1 becomes. */
export interface ToneCurves {
  readonly columns: number;
  readonly rows: number;
  readonly points: Float32Array;
}

/**
 * Curves that make the tones of each tile equally frequent, up to a steepness of `limit`
 * (Zuiderveld, "Contrast Limited Adaptive Histogram Equalization", Graphics Gems IV, 1994).
 */
export function toneCurves(luma: Plane, limit: number): ToneCurves {
  const side = Math.max(luma.width, luma.height) / TILES;
  const columns = Math.max(1, Math.round(luma.width / side));
  const rows = Math.max(1, Math.round(luma.height / side));
  const counts = new Float64Array(columns * rows * STEPS);
  for (let y = 0, at = 0; y < luma.height; y += 1) {
    const row = Math.floor((y * rows) / luma.height) * columns;
    for (let x = 0; x < luma.width; x += 1, at += 1) {
      const tile = row + Math.floor((x * columns) / luma.width);
      const bin = tile * STEPS + Math.min(STEPS - 1, ((luma.data[at] as number) * STEPS) | 0);
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  const points = new Float32Array(columns * rows * POINTS);
  for (let tile = 0; tile < columns * rows; tile += 1) {
    points.set(equalizing(counts.subarray(tile * STEPS, (tile + 1) * STEPS), limit), tile * POINTS);
  }
  return { columns, rows, points };
}

/** The running sum of the counts, none of which may be more than `limit` times their mean. */
function equalizing(counts: Float64Array, limit: number): Float32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const highest = (limit * total) / STEPS;
  const clipped = counts.map((count) => Math.min(count, highest));
  // What was cut off is spread over all tones, which makes the curve that much straighter.
  const spread = (total - clipped.reduce((sum, count) => sum + count, 0)) / STEPS;
  const curve = new Float32Array(POINTS);
  let sum = 0;
  for (const [step, count] of clipped.entries()) {
    sum += count + spread;
    curve[step + 1] = sum / Math.max(1, total);
  }
  return withHeadroom(curve, counts.findLastIndex((count) => count > 0) + 1);
}

/** Keeps the lightest tone of a tile, at the point `lightest`, from being taken all the way to white. */
function withHeadroom(curve: Float32Array, lightest: number): Float32Array {
  const before = lightest / STEPS;
  const highest = before + HEADROOM * (1 - before);
  const scale = Math.min(1, highest / Math.max(1e-6, curve[lightest] ?? 1));
  const top = (curve[lightest] ?? 1) * scale;
  return curve.map((value, point) =>
    point <= lightest ? value * scale : top + ((1 - top) * (point - lightest)) / (STEPS - lightest),
  );
}

/**
 * Changes rows of luma by the curves of the four tiles around each pixel, `strength` (0 to 1) of the
 * way.
 */
export function curveApplier(
  { columns, rows, points }: ToneCurves,
  size: Size,
  strength: number,
): (luma: Float32Array, y: number) => void {
  const lefts = new Int32Array(size.width);
  const shares = new Float32Array(size.width);
  for (let x = 0; x < size.width; x += 1) {
    const position = middle(x, size.width, columns);
    lefts[x] = Math.floor(position);
    shares[x] = position - Math.floor(position);
  }
  const lineLength = columns * POINTS;
  // One more tile, so that the last one has a right neighbour.
  const mixed = new Float32Array(lineLength + POINTS);
  return (luma, y) => {
    const position = middle(y, size.height, rows);
    const share = position - Math.floor(position);
    const upper = Math.floor(position) * lineLength;
    const lower = Math.min(rows - 1, Math.floor(position) + 1) * lineLength;
    for (let at = 0; at < lineLength; at += 1) {
      const above = points[upper + at] as number;
      mixed[at] = above + share * ((points[lower + at] as number) - above);
    }
    mixed.copyWithin(lineLength, lineLength - POINTS, lineLength);
    for (let x = 0; x < luma.length; x += 1) {
      const value = luma[x] as number;
      const step = Math.min(STEPS - 1, (value * STEPS) | 0);
      const within = value * STEPS - step;
      const left = (lefts[x] as number) * POINTS + step;
      const right = left + POINTS;
      const start = mixed[left] as number;
      const otherStart = mixed[right] as number;
      const one = start + within * ((mixed[left + 1] as number) - start);
      const other = otherStart + within * ((mixed[right + 1] as number) - otherStart);
      const wished = one + (shares[x] as number) * (other - one);
      luma[x] = value + strength * (wished - value);
    }
  };
}

/** Where the middle of a pixel lies among the middles of the tiles along a side. */
const middle = (at: number, length: number, tiles: number): number =>
  Math.min(tiles - 1, Math.max(0, ((at + 0.5) * tiles) / length - 0.5));
