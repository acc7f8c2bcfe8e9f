import type { Moments } from './moments.ts';
import type { Plane } from './plane.ts';

const SAMPLES = 100_000;
/** The quietest fifth of all windows is taken to be smooth. */
const SMOOTH_SHARE = 0.2;
/** Noise that a camera or JPEG made coarser has at most this many times the variance it shows within a block. */
const COARSEST = 6;
/** Luma beyond which pixels are clipped, and their noise with them. */
const DARKEST = 0.02;
const LIGHTEST = 0.98;

/**
 * Variance of the noise, in the unit of `moments` squared: that of windows in smooth places, but
 * not more than their finest detail allows, since texture is coarser than noise.
 */
export function noiseVariance(moments: Moments, windows: Plane, luma: Plane): number {
  const indices = sampled(luma);
  const spread = Float32Array.from(indices, (at) => windows.data[at] as number).toSorted();
  const smooth = spread[Math.floor(spread.length * SMOOTH_SHARE)] ?? 0;
  let sum = 0;
  let count = 0;
  for (const at of indices) {
    if ((windows.data[at] as number) > smooth) continue;
    const mean = moments.mean.data[at] as number;
    sum += Math.max(0, (moments.square.data[at] as number) - mean * mean);
    count += 1;
  }
  // Values around their own mean show less than all of their variance.
  const bias = moments.pixels / (moments.pixels - 1);
  const fine = (bias * sum) / Math.max(1, count);
  return Math.min(smooth, COARSEST * fine);
}

/** Indices of blocks all over the picture, without the clipped ones unless there is little else. */
function sampled({ data }: Plane): Uint32Array {
  const step = Math.max(1, Math.floor(data.length / SAMPLES));
  const all = Uint32Array.from({ length: Math.ceil(data.length / step) }, (_, at) => at * step);
  const inside = all.filter((at) => {
    const value = data[at] as number;
    return value > DARKEST && value < LIGHTEST;
  });
  return inside.length > all.length / 4 ? inside : all;
}
