import type { Operation } from '../operation.ts';
import { backgroundBlur } from './background-blur.ts';
import { blur } from './blur.ts';
import { border } from './border.ts';
import { caption } from './caption.ts';
import { clarity } from './clarity.ts';
import { contrast } from './contrast.ts';
import { crop } from './crop.ts';
import { cutout } from './cutout.ts';
import { dehaze } from './dehaze.ts';
import { denoise } from './denoise.ts';
import { duotone } from './duotone.ts';
import { equalize } from './equalize.ts';
import { exposure } from './exposure.ts';
import { fade } from './fade.ts';
import { file } from './file.ts';
import { fill } from './fill.ts';
import { flip } from './flip.ts';
import { grain } from './grain.ts';
import { invert } from './invert.ts';
import { monochrome } from './monochrome.ts';
import { montage } from './montage.ts';
import { pad } from './pad.ts';
import { pixelate } from './pixelate.ts';
import { posterize } from './posterize.ts';
import { recolour } from './recolour.ts';
import { redEye } from './red-eye.ts';
import { removeSpot } from './remove-spot.ts';
import { resize } from './resize.ts';
import { rotate } from './rotate.ts';
import { roundCorners } from './round-corners.ts';
import { saturation } from './saturation.ts';
import { selectiveColour } from './selective-colour.ts';
import { sepia } from './sepia.ts';
import { sharpen } from './sharpen.ts';
import { solarize } from './solarize.ts';
import { splitToning } from './split-toning.ts';
import { straighten } from './straighten.ts';
import { tint } from './tint.ts';
import { highlights, shadows } from './tones.ts';
import { vibrance } from './vibrance.ts';
import { vignette } from './vignette.ts';
import { warmth } from './warmth.ts';
import { watermark } from './watermark.ts';
import { whiteBalance } from './white-balance.ts';

/** All operations, in the order in which they get to read a request: the more particular first. */
export const OPERATIONS: readonly Operation[] = [
  watermark,
  redEye,
  removeSpot,
  caption,
  pixelate,
  montage,
  pad,
  border,
  roundCorners,
  vignette,
  equalize,
  dehaze,
  denoise,
  grain,
  straighten,
  file,
  selectiveColour,
  duotone,
  splitToning,
  fill,
  recolour,
  tint,
  fade,
  posterize,
  solarize,
  resize,
  backgroundBlur,
  cutout,
  whiteBalance,
  sepia,
  invert,
  monochrome,
  shadows,
  highlights,
  crop,
  rotate,
  flip,
  clarity,
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
