import type { Operation } from '../operation.ts';
import { backgroundBlur } from './background-blur.ts';
import { blur } from './blur.ts';
import { caption } from './caption.ts';
import { contrast } from './contrast.ts';
import { crop } from './crop.ts';
import { exposure } from './exposure.ts';
import { file } from './file.ts';
import { flip } from './flip.ts';
import { invert } from './invert.ts';
import { monochrome } from './monochrome.ts';
import { pixelate } from './pixelate.ts';
import { resize } from './resize.ts';
import { rotate } from './rotate.ts';
import { saturation } from './saturation.ts';
import { sepia } from './sepia.ts';
import { sharpen } from './sharpen.ts';
import { highlights, shadows } from './tones.ts';
import { warmth } from './warmth.ts';
import { whiteBalance } from './white-balance.ts';

/** All operations, in the order in which they get to read a request: the more particular first. */
export const OPERATIONS: readonly Operation[] = [
  caption,
  file,
  backgroundBlur,
  pixelate,
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
  saturation,
  sharpen,
  blur,
  exposure,
  warmth,
];

export function operationNamed(name: string): Operation | undefined {
  return OPERATIONS.find((operation) => operation.name === name);
}
