import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import { WHOLE, type Areas } from './measure/area.ts';
import { photoOfCopy, pixelsOf, type Photo } from './measure/photo.ts';
import type { Canvas, Step } from './operation.ts';
import { isToning, placed, stagesOf } from './placed.ts';
import { blend } from './pixels/blend.ts';
import type { Painting, Size } from './pixels/box.ts';
import { runColourPass } from './pixels/colour-pass.ts';
import { openPixels, toPixels, type Pixels } from './pixels/pixels.ts';

/** What a measured copy looks like after the steps that move pixels. */
export async function moveCopy(
  photo: Photo,
  steps: readonly Step[],
  references: readonly EncodedImage[],
): Promise<Photo> {
  const moves = placed(steps, 'move');
  if (moves.length === 0) return photo;
  let copy = pixelsOf(photo);
  let full: Size = { width: photo.width, height: photo.height };
  for (const { work, step } of moves) {
    const before: Canvas = { sharp: openPixels(copy), size: copy, full, deep: false };
    const after = await work.move(before, step.params, references);
    copy = await toPixels(after.sharp, false);
    full = after.full;
  }
  return photoOfCopy(copy, full.width, full.height);
}

/** What a measured copy looks like after the steps that change tones and colours, each in its area. */
export async function recolourCopy(
  photo: Photo,
  steps: readonly Step[],
  areas: Areas,
  call: Call,
): Promise<Photo> {
  if (!steps.some(isToning)) return photo;
  const { width, height, rgb } = photo.copy;
  let copy: Pixels = { data: rgb.slice(), width, height, channels: 3 };
  await runColourPass(copy, stagesOf(steps, areas), call);
  for (const { work, step } of placed(steps, 'filter')) {
    if (!work.tonal) continue;
    const area = areas.get(step.region) ?? WHOLE;
    const filtered = await work.filter(copy, step.params, { area, call });
    if (area.mask) blend(filtered, copy, area.mask);
    copy = filtered;
  }
  const after = photoOfCopy(copy, photo.width, photo.height);
  return photo.visible ? { ...after, visible: photo.visible } : after;
}

/** What the steps that lay something over a picture of this size would lay over it. */
export function paintSteps(steps: readonly Step[], size: Size): Promise<Painting[]> {
  return Promise.all(
    placed(steps, 'overlay').map(({ work, step }) => work.paint(size, step.params)),
  );
}
