import { isWithin } from '../vision/spots.ts';
import { findRedEyes, rednessOf, type RedEye } from '../vision/red-eyes.ts';
import type { Copy } from '../vision/copy.ts';
import type { Area } from './area.ts';
import type { Evidence } from './goal.ts';

/** The red pupils in an area. */
export function redEyesIn(copy: Copy, { mask }: Area): RedEye[] {
  return findRedEyes(copy).filter((eye) => !mask || isWithin(eye, mask, copy));
}

/** How red the pupils still are that were red, levels above green and blue. */
export function rednessLeft({ base, edited, area }: Evidence): number {
  const same = base.copy.width === edited.copy.width && base.copy.height === edited.copy.height;
  return same ? rednessOf(edited.copy, redEyesIn(base.copy, area)) : 0;
}
