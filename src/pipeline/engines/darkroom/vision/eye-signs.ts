import type { Copy } from './copy.ts';
import { isOfEye, isPupilRed, isSkin, redness } from './reds.ts';

/** What is around a pupil, as shares of rings, 0 to 1. */
export interface EyeSigns {
  /** Skin, in the outer ring. */
  readonly skin: number;
  /** Iris, lashes and white, in the inner ring. */
  readonly eye: number;
  /** More of the pupil's red, in both. */
  readonly red: number;
  /** How much redder the pupil is than the inner ring; levels. */
  readonly contrast: number;
}

/** The rings, in radii of the pupil: the inner one from `near` to `middle`, the outer one on to `far`. */
const RINGS = { near: 1.35, middle: 2.4, far: 5 } as const;

/** Looks around a round thing; x and y of its middle, and its radius, in pixels. */
export function eyeAround({ width, height, rgb }: Copy, x: number, y: number, radius: number) {
  const reach = radius * RINGS.far;
  let [skin, outer, eye, inner, red] = [0, 0, 0, 0, 0];
  let [within, pupilSum, innerSum] = [0, 0, 0];
  for (let row = Math.ceil(y - reach); row <= y + reach; row += 1) {
    if (row < 0 || row >= height) continue;
    for (let column = Math.ceil(x - reach); column <= x + reach; column += 1) {
      if (column < 0 || column >= width) continue;
      const distance = Math.hypot(column - x, row - y) / radius;
      const pixel = row * width + column;
      if (distance < 1) {
        within += 1;
        pupilSum += redness(rgb, pixel);
      }
      if (distance < RINGS.near || distance > RINGS.far) continue;
      if (isPupilRed(rgb, pixel)) red += 1;
      if (distance < RINGS.middle) {
        inner += 1;
        innerSum += redness(rgb, pixel);
        if (isOfEye(rgb, pixel)) eye += 1;
      } else {
        outer += 1;
        if (isSkin(rgb, pixel)) skin += 1;
      }
    }
  }
  const signs: EyeSigns = {
    skin: skin / Math.max(1, outer),
    eye: eye / Math.max(1, inner),
    red: red / Math.max(1, outer + inner),
    contrast: pupilSum / Math.max(1, within) - innerSum / Math.max(1, inner),
  };
  return signs;
}
