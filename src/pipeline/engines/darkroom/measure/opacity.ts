import { weightsAt } from '../pixels/mask.ts';
import type { Evidence } from './goal.ts';

/** Masks are soft at their edges, where neither part can be told; weights that count as inside and outside. */
const INSIDE = 230;
const OUTSIDE = 25;

/** Share of what lies well inside an area that can be seen, percent. */
export const opacityInside = (evidence: Evidence): number =>
  visibleShare(evidence, (weight) => weight >= INSIDE) ?? 100;

/** Share of what lies well outside an area that can be seen, percent. */
export const opacityOutside = (evidence: Evidence): number =>
  visibleShare(evidence, (weight) => weight <= OUTSIDE) ?? 0;

function visibleShare(
  { area, base, edited }: Evidence,
  counts: (weight: number) => boolean,
): number | undefined {
  const { width, height } = edited.copy;
  const weights = area.mask && weightsAt(area.mask, { width, height });
  const sameSize = base.copy.width === width && base.copy.height === height;
  let seen = 0;
  let total = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (!counts(weights ? (weights[pixel] as number) : 255)) continue;
    // What could not be seen before can't be seen now.
    if (sameSize && base.visible?.[pixel] === 0) continue;
    total += 1;
    if (edited.visible?.[pixel] !== 0) seen += 1;
  }
  return total === 0 ? undefined : (100 * seen) / total;
}
