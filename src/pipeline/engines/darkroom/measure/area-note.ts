import { shapeOf, writeRegion } from '../pixels/region.ts';
import { shareOf } from '../pixels/mask.ts';
import { SURE, UNSURE } from '../vision/found.ts';
import type { Area } from './area.ts';

/** Less of the picture than this is nothing to work on. */
const LEAST_SHARE = 0.002;

/** A sentence when a region is not to be found on the picture; undefined when it is. */
export function notFound({ region, mask, confidence }: Area): string | undefined {
  if (!mask) return undefined;
  const shape = shapeOf(region);
  if ('box' in shape) {
    return shareOf(mask) > 0 ? undefined : 'That box lies outside the picture.';
  }
  const { part } = shape;
  if (confidence < UNSURE) {
    return `I can't tell ${writeRegion(part)} from the rest of this picture with any certainty, so I leave that out; name a place (top, left, a corner …) or a color instead.`;
  }
  const share = shape.inverted ? 1 - shareOf(mask) : shareOf(mask);
  if (share < LEAST_SHARE) return `I find nothing that could be called ${writeRegion(part)} in it.`;
  if (shareOf(mask) < LEAST_SHARE) return `There is nothing in it but ${writeRegion(part)}.`;
  return undefined;
}

/** How a region was found, for the user to check; undefined where there is nothing to say. */
export function areaNote({ region, mask, confidence }: Area): string | undefined {
  if (!mask || confidence === 1) return undefined;
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  const certainty = confidence >= SURE ? '' : ', so look closely at where it ends';
  return `I take ${percent(shareOf(mask))} of the picture for ${writeRegion(region)}; I am ${percent(confidence)} sure of that${certainty}.`;
}
