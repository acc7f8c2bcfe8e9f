import { boxMean, type Plane } from '../pixels/plane.ts';
import { noiseOf } from './noise.ts';
import type { Photo } from './photo.ts';

/** Edges that run roughly along one axis: `along` it and `across` it, in pixels of the copy. */
export interface EdgePoints {
  /** Pixels along the axis: the width for near-horizontal edges, the height for near-vertical ones. */
  readonly length: number;
  /** Pixels across it. */
  readonly breadth: number;
  readonly along: Float32Array;
  /** With a fraction: where the edge is steepest. */
  readonly across: Float32Array;
  /** Degrees by which the edge itself leaves the axis, towards larger `across`. */
  readonly lean: Float32Array;
}

/** Edges that leave their axis by more are of no interest; degrees. */
const WIDEST_LEAN = 30;
/** The least change of L* per pixel that counts as an edge. */
const FAINTEST = 0.7;
/** Slopes that the noise makes by itself are passed by up to this many of their deviations. */
const NOISE_DEVIATIONS = 3.5;
/** Frames and black bars are no part of the scene: a border of this share of the side is left out. */
const BORDER = 0.015;

/** Thin edges of both kinds, with details up to about `radius` pixels smoothed away. */
export function edgePointsOf(
  photo: Photo,
  radius: number,
): { horizontal: EdgePoints; vertical: EdgePoints } {
  const smooth = boxMean(boxMean({ ...photo.copy, data: photo.lightness }, radius), radius);
  const least = Math.max(
    FAINTEST / radius,
    NOISE_DEVIATIONS * slopeOfNoise(radius) * noiseOf(photo).lightness,
  );
  return {
    horizontal: collect(smooth, 'x', least, photo.visible),
    vertical: collect(smooth, 'y', least, photo.visible),
  };
}

/** Deviation of the slopes that white noise of deviation 1 has after two box means. */
function slopeOfNoise(radius: number): number {
  // Two boxes are nearly a Gaussian of this deviation, whose slopes are as Canny (1986) says.
  const deviation = Math.sqrt((2 * ((2 * radius + 1) ** 2 - 1)) / 12);
  return 1 / (Math.sqrt(8 * Math.PI) * deviation ** 2);
}

function collect(
  { data, width, height }: Plane,
  axis: 'x' | 'y',
  least: number,
  visible: Uint8Array | undefined,
): EdgePoints {
  const [length, breadth] = axis === 'x' ? [width, height] : [height, width];
  const [stepAlong, stepAcross] = axis === 'x' ? [1, width] : [width, 1];
  const slope = (at: number, step: number): number =>
    ((data[at + step] as number) - (data[at - step] as number)) / 2;
  const along: number[] = [];
  const across: number[] = [];
  const lean: number[] = [];
  const margin = 2 + Math.round(BORDER * Math.max(width, height));
  const steepest = Math.tan((WIDEST_LEAN * Math.PI) / 180);
  for (let outer = margin; outer < breadth - margin; outer += 1) {
    for (let inner = margin; inner < length - margin; inner += 1) {
      const at = inner * stepAlong + outer * stepAcross;
      const rise = slope(at, stepAcross);
      const size = Math.abs(rise);
      if (size < least) continue;
      const before = Math.abs(slope(at - stepAcross, stepAcross));
      const after = Math.abs(slope(at + stepAcross, stepAcross));
      if (size < before || size <= after) continue;
      const drift = -slope(at, stepAlong) / rise;
      if (Math.abs(drift) > steepest || visible?.[at] === 0) continue;
      const bend = before - 2 * size + after;
      along.push(inner);
      across.push(outer + (bend < 0 ? (before - after) / (2 * bend) : 0));
      lean.push((Math.atan(drift) * 180) / Math.PI);
    }
  }
  return {
    length,
    breadth,
    along: Float32Array.from(along),
    across: Float32Array.from(across),
    lean: Float32Array.from(lean),
  };
}
