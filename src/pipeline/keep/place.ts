import type { Call } from '../types.ts';
import { IDENTITY, reach, type Mapping } from './mapping.ts';
import type { Pixels } from './pixels.ts';
import { distanceUnder, pairOf, register, type Registration } from './register.ts';

/** No editor drifts further: what seems to is another picture. Shares of a side. */
const MAX_SHIFT = 0.08;
const MAX_ZOOM = 0.12;
/** Less is not worth another look at each pixel; pixels at the corners, at the size of the look. */
const LEAST_REACH = 0.2;
/** What is undone brings the pictures at least so much closer together. */
const LEAST_GAIN = 0.97;

/**
 * Where a painted picture lies on the one before it: how it was fitted into another shape, and how it drifted. Not
 * moved at all where no movement brings them closer.
 * @param before Small; as is `after`.
 * @param ways How it may have been fitted.
 */
export async function placeOf(
  before: Pixels,
  after: Pixels,
  ways: readonly Mapping[],
  call: Call,
): Promise<Mapping> {
  const pair = await pairOf(before, after, call);
  let best: Registration | undefined;
  for (const way of ways) {
    const fit: Registration = { mapping: way, distance: distanceUnder(pair, way) };
    const found = await register(pair, way, call);
    const isSane =
      Math.max(
        drift(found.mapping, way, 'scale') / MAX_ZOOM,
        drift(found.mapping, way, 'shift') / (MAX_SHIFT + MAX_ZOOM / 2),
      ) <= 1;
    const isBetter =
      isSane &&
      found.distance < LEAST_GAIN * fit.distance &&
      reach(relative(found.mapping, way), before) >= LEAST_REACH;
    const taken = isBetter ? found : fit;
    if (!best || taken.distance < best.distance) best = taken;
  }
  return best?.mapping ?? IDENTITY;
}

const drift = (found: Mapping, way: Mapping, part: 'scale' | 'shift'): number =>
  Math.max(Math.abs(found.x[part] - way.x[part]), Math.abs(found.y[part] - way.y[part]));

/** How far one mapping leads from where the other does. */
const relative = (one: Mapping, other: Mapping): Mapping => ({
  x: { scale: 1 + one.x.scale - other.x.scale, shift: one.x.shift - other.x.shift },
  y: { scale: 1 + one.y.scale - other.y.scale, shift: one.y.shift - other.y.shift },
});
