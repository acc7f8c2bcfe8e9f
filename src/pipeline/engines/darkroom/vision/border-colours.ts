import type { Size } from '../pixels/box.ts';
import { normalize } from './normalize.ts';

/** Share of the picture's sides that counts as its border. */
const BORDER_SHARE = 0.08;
/** Keeps a border of one colour from being infinitely far from all others; squared L*a*b*. */
const LEAST_VARIANCE = 9;

/**
 * How unlike the colours of the border, 0 to 1: the sum over its four sides, in standard deviations
 * of each, without the side that is unlike most, for that may be where the subject leaves the picture.
 */
export function unlikeBorder(
  channels: readonly Float32Array[],
  { width, height }: Size,
): Float32Array {
  const deep = Math.max(1, Math.round(height * BORDER_SHARE));
  const wide = Math.max(1, Math.round(width * BORDER_SHARE));
  const sides = [
    { left: 0, top: 0, right: width, bottom: deep },
    { left: 0, top: height - deep, right: width, bottom: height },
    { left: 0, top: 0, right: wide, bottom: height },
    { left: width - wide, top: 0, right: width, bottom: height },
  ].map((side) => sideDistance(channels, side, width));
  const unlike = new Float32Array(width * height);
  for (let at = 0; at < unlike.length; at += 1) {
    let [sum, most] = [0, 0];
    for (const side of sides) {
      const distance = side[at] as number;
      sum += distance;
      if (distance > most) most = distance;
    }
    unlike[at] = sum - most;
  }
  normalize(unlike);
  return unlike;
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The Mahalanobis distance of every pixel from the colours within a part of the picture, 0 to 1. */
function sideDistance(channels: readonly Float32Array[], edges: Edges, width: number) {
  const { mean, inverse } = spreadOf(channels, edges, width);
  const [one, two, three] = channels as [Float32Array, Float32Array, Float32Array];
  const distance = new Float32Array(one.length);
  for (let at = 0; at < distance.length; at += 1) {
    const l = (one[at] as number) - mean[0];
    const a = (two[at] as number) - mean[1];
    const b = (three[at] as number) - mean[2];
    const square =
      l * l * inverse[0] +
      a * a * inverse[3] +
      b * b * inverse[5] +
      2 * (l * a * inverse[1] + l * b * inverse[2] + a * b * inverse[4]);
    distance[at] = Math.sqrt(Math.max(0, square));
  }
  normalize(distance);
  return distance;
}

type Six = readonly [number, number, number, number, number, number];

/** Mean and inverse covariance (its upper triangle) of the colours within a part of the picture. */
function spreadOf(
  channels: readonly Float32Array[],
  { left, top, right, bottom }: Edges,
  width: number,
): { mean: readonly [number, number, number]; inverse: Six } {
  const count = (right - left) * (bottom - top);
  const mean: [number, number, number] = [0, 0, 0];
  const cov: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  const [one, two, three] = channels as [Float32Array, Float32Array, Float32Array];
  for (let y = top; y < bottom; y += 1) {
    for (let at = y * width + left; at < y * width + right; at += 1) {
      const [l, a, b] = [one[at] as number, two[at] as number, three[at] as number];
      mean[0] += l / count;
      mean[1] += a / count;
      mean[2] += b / count;
      cov[0] += (l * l) / count;
      cov[1] += (l * a) / count;
      cov[2] += (l * b) / count;
      cov[3] += (a * a) / count;
      cov[4] += (a * b) / count;
      cov[5] += (b * b) / count;
    }
  }
  const xx = cov[0] - mean[0] ** 2 + LEAST_VARIANCE;
  const xy = cov[1] - mean[0] * mean[1];
  const xz = cov[2] - mean[0] * mean[2];
  const yy = cov[3] - mean[1] ** 2 + LEAST_VARIANCE;
  const yz = cov[4] - mean[1] * mean[2];
  const zz = cov[5] - mean[2] ** 2 + LEAST_VARIANCE;
  const determinant =
    xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
  const inverse: Six = [
    (yy * zz - yz * yz) / determinant,
    (xz * yz - xy * zz) / determinant,
    (xy * yz - xz * yy) / determinant,
    (xx * zz - xz * xz) / determinant,
    (xy * xz - xx * yz) / determinant,
    (xx * yy - xy * xy) / determinant,
  ];
  return { mean, inverse };
}
