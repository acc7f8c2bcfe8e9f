import type { Operation } from '../operation.ts';
import { blur } from './blur.ts';
import { caption } from './caption.ts';
import { contrast } from './contrast.ts';
import { crop } from './crop.ts';
import { duotone } from './duotone.ts';
import { exposure } from './exposure.ts';
import { fade } from './fade.ts';
import { fill } from './fill.ts';
import { flip } from './flip.ts';
import { invert } from './invert.ts';
import { monochrome } from './monochrome.ts';
import { posterize } from './posterize.ts';
import { recolour } from './recolour.ts';
import { resize } from './resize.ts';
import { rotate } from './rotate.ts';
import { saturation } from './saturation.ts';
import { selectiveColour } from './selective-colour.ts';
import { sepia } from './sepia.ts';
import { sharpen } from './sharpen.ts';
import { solarize } from './solarize.ts';
import { splitToning } from './split-toning.ts';
import { tint } from './tint.ts';
import { highlights, shadows } from './tones.ts';
import { vibrance } from './vibrance.ts';
import { warmth } from './warmth.ts';
import { whiteBalance } from './white-balance.ts';

/** All operations, in the order in which they get to read a request: the more particular first. */
export const OPERATIONS: readonly Operation[] = [
  caption,
  selectiveColour,
  duotone,
  splitToning,
  fill,
  recolour,
  tint,
  fade,
  posterize,
  solarize,
  whiteBalance,
  sepia,
  invert,
  monochrome,
  shadows,
  highlights,
  resize,
  crop,
  rotate,
  flip,
  contrast,
  vibrance,
  saturation,
  sharpen,
  blur,
  exposure,
  warmth,
];

export function operationNamed(name: string): Operation | undefined {
  return OPERATIONS.find((operation) => operation.name === name);
}
