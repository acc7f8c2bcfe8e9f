import type { Operation } from '../operation.ts';
import { blur } from './blur.ts';
import { caption } from './caption.ts';
import { clarity } from './clarity.ts';
import { contrast } from './contrast.ts';
import { crop } from './crop.ts';
import { dehaze } from './dehaze.ts';
import { denoise } from './denoise.ts';
import { equalize } from './equalize.ts';
import { exposure } from './exposure.ts';
import { file } from './file.ts';
import { flip } from './flip.ts';
import { grain } from './grain.ts';
import { invert } from './invert.ts';
import { monochrome } from './monochrome.ts';
import { pixelate } from './pixelate.ts';
import { redEye } from './red-eye.ts';
import { removeSpot } from './remove-spot.ts';
import { resize } from './resize.ts';
import { rotate } from './rotate.ts';
import { saturation } from './saturation.ts';
import { sepia } from './sepia.ts';
import { sharpen } from './sharpen.ts';
import { straighten } from './straighten.ts';
import { highlights, shadows } from './tones.ts';
import { vignette } from './vignette.ts';
import { warmth } from './warmth.ts';
import { whiteBalance } from './white-balance.ts';

/** All operations, in the order in which they get to read a request: the more particular first. */
export const OPERATIONS: readonly Operation[] = [
  caption,
  redEye,
  removeSpot,
  vignette,
  equalize,
  dehaze,
  denoise,
  grain,
  straighten,
  file,
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
  clarity,
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
