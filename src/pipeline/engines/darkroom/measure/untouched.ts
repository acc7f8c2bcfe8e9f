import { captionBox } from '../pixels/caption-layout.ts';
import type { Evidence } from './goal.ts';
import { weightsAt } from '../pixels/mask.ts';

/** Reported for a perfect match, dB. */
const PERFECT = 99;

/**
 * Peak signal-to-noise ratio of what a step was not to touch, dB: everything outside its region,
 * or outside the box of its text.
 */
export function untouchedPsnr({ base, edited, area, params }: Evidence): number {
  const { width, height } = edited.copy;
  if (base.copy.width !== width || base.copy.height !== height) return 0;
  const box = 'text' in params ? captionBox(params, { width, height }) : undefined;
  const weights = area.mask && weightsAt(area.mask, edited.copy);
  let squares = 0;
  let count = 0;
  for (let y = 0, pixel = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const touched = box
        ? x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height
        : !weights || (weights[pixel] as number) > 0;
      if (touched || edited.visible?.[pixel] === 0) continue;
      for (let at = pixel * 3; at < pixel * 3 + 3; at += 1) {
        const difference = (edited.copy.rgb[at] as number) - (base.copy.rgb[at] as number);
        squares += difference * difference;
      }
      count += 3;
    }
  }
  if (count === 0 || squares === 0) return PERFECT;
  return Math.min(PERFECT, 10 * Math.log10(255 ** 2 / (squares / count)));
}
