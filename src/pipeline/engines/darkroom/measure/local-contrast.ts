import { boxMean, mapPlane } from '../pixels/plane.ts';
import type { Area } from './area.ts';
import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

/** How far the surroundings of a pixel reach, as a share of the long side. */
const REACH = 0.025;

/**
 * Mean difference of L* from its mean in the square around each pixel that reaches 2.5 % of the long
 * side: 0 for a single tone, about 3 for soft light, 8 and more for bold structure. It is what
 * "clarity" raises.
 */
export function localContrastOf(photo: Photo, area?: Area): number {
  const { copy, lightness } = photo;
  const counted = countedIn(photo, area);
  const radius = Math.max(1, Math.round(REACH * Math.max(copy.width, copy.height)));
  const light = { ...copy, data: lightness };
  // What can't be seen is no part of the surroundings either.
  const shown = mapPlane(light, (_, pixel) => (photo.visible?.[pixel] === 0 ? 0 : 1));
  const share = boxMean(shown, radius).data;
  const means = boxMean(
    mapPlane(light, (value, pixel) => value * (shown.data[pixel] as number)),
    radius,
  ).data;
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < lightness.length; pixel += 1) {
    if (!counted(pixel)) continue;
    const mean = (means[pixel] as number) / Math.max(1e-6, share[pixel] as number);
    sum += Math.abs((lightness[pixel] as number) - mean);
    count += 1;
  }
  return sum / Math.max(1, count);
}
