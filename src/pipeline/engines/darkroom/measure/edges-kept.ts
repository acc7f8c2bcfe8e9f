import { boxMean } from '../pixels/plane.ts';
import { countedIn } from './counted.ts';
import type { Evidence } from './goal.ts';
import type { Photo } from './photo.ts';

/** The steepest share of all places are edges and not noise. */
const EDGES = 0.02;
/** Slopes below this, in L* per pixel, are no edges. */
const LEAST_SLOPE = 2;

/**
 * How much of their steepness the strongest edges of the picture before have kept, percent. Both
 * pictures are smoothed a little first, so that noise is not taken for edges. 100 where there were
 * no edges.
 */
export function edgesKept({ base, edited, area }: Evidence): number {
  if (base.copy.width !== edited.copy.width || base.copy.height !== edited.copy.height) return 0;
  const before = slopesOf(base);
  const after = slopesOf(edited);
  const counted = countedIn(base, area);
  const sorted = before.filter((_, pixel) => counted(pixel)).toSorted();
  const steep = Math.max(LEAST_SLOPE, sorted[Math.floor(sorted.length * (1 - EDGES))] ?? 0);
  let sumBefore = 0;
  let sumAfter = 0;
  for (let pixel = 0; pixel < before.length; pixel += 1) {
    const slope = before[pixel] as number;
    if (slope < steep || !counted(pixel)) continue;
    sumBefore += slope;
    sumAfter += after[pixel] as number;
  }
  return sumBefore === 0 ? 100 : (100 * sumAfter) / sumBefore;
}

/** Change of L* per pixel, in the direction in which it is steepest; none along the border. */
function slopesOf({ copy, lightness }: Photo): Float32Array {
  const { width, height } = copy;
  const { data } = boxMean({ ...copy, data: lightness }, 1);
  const slopes = new Float32Array(data.length);
  for (let y = 1; y + 1 < height; y += 1) {
    for (let x = 1; x + 1 < width; x += 1) {
      const at = y * width + x;
      slopes[at] = Math.hypot(
        ((data[at + 1] as number) - (data[at - 1] as number)) / 2,
        ((data[at + width] as number) - (data[at - width] as number)) / 2,
      );
    }
  }
  return slopes;
}
