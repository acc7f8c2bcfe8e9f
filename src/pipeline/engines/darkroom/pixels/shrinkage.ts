import { weighted, type Linear } from './guided.ts';
import { emptyPlane, mapPlane, type Plane } from './plane.ts';

/** Up to this many times the noise's variance, all of a window's variance is taken for noise. */
const TOLERANCE = 1.8;

/** Variance within the square of `2 × radius + 1` values around each, from their means and mean squares. */
export function windowVariance(means: Plane, squares: Plane): Plane {
  return mapPlane(squares, (square, at) => Math.max(0, square - (means.data[at] as number) ** 2));
}

/**
 * Local statistics after Lee ("Digital Image Enhancement and Noise Filtering by Use of Local
 * Statistics", PAMI 1980): a window's values shrink towards its mean by the share of its variance
 * that noise explains. A pixel takes the mean of all windows that hold it, the quiet ones first, so
 * that smooth places come out clean right up to an edge. `noise` is its variance, `share` how much of
 * it goes, 0 to 1.
 */
export function shrinkage(
  means: Plane,
  variance: Plane,
  { noise, share, radius }: { noise: number; share: number; radius: number },
): Linear {
  const slope = emptyPlane(means);
  const offset = emptyPlane(means);
  const weight = emptyPlane(means);
  for (let at = 0; at < slope.data.length; at += 1) {
    const spread = variance.data[at] as number;
    const kept = 1 - share * Math.min(1, (TOLERANCE * noise) / Math.max(spread, 1e-12));
    const trust = 1 / (spread + noise + 1e-9);
    weight.data[at] = trust;
    slope.data[at] = trust * kept;
    offset.data[at] = trust * (1 - kept) * (means.data[at] as number);
  }
  return weighted({ slope, offset }, weight, radius);
}
