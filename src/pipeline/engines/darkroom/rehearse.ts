import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import type { Areas } from './measure/area.ts';
import { photoOfCopy, type Photo } from './measure/photo.ts';
import type { Canvas, Step } from './operation.ts';
import { placed, stagesOf } from './placed.ts';
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
  let copy = copyOf(photo);
  let full: Size = { width: photo.width, height: photo.height };
  for (const { work, step } of moves) {
    const before: Canvas = { sharp: openPixels(copy), size: copy, full, deep: false };
    const after = await work.move(before, step.params, references);
    copy = await toPixels(after.sharp, false);
    full = after.full;
  }
  return photoOfCopy(copy, full.width, full.height);
}

/** What a measured copy looks like after the steps that change colours, each in its area. */
export async function recolourCopy(
  photo: Photo,
  steps: readonly Step[],
  areas: Areas,
  call: Call,
): Promise<Photo> {
  const stages = stagesOf(steps, areas);
  if (stages.length === 0) return photo;
  const { width, height, rgb } = photo.copy;
  const copy: Pixels = { data: rgb.slice(), width, height, channels: 3 };
  await runColourPass(copy, stages, call);
  const after = photoOfCopy(copy, photo.width, photo.height);
  return photo.visible ? { ...after, visible: photo.visible } : after;
}

/** What the steps that lay something over a picture of this size would lay over it. */
export function paintSteps(steps: readonly Step[], size: Size): Promise<Painting[]> {
  return Promise.all(
    placed(steps, 'overlay').map(({ work, step }) => work.paint(size, step.params)),
  );
}

const copyOf = ({ copy: { rgb, width, height }, visible }: Photo): Pixels => {
  if (!visible) return { data: rgb, width, height, channels: 3 };
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    data[pixel * 4 + 3] = visible[pixel] === 0 ? 0 : 255;
  }
  return { data, width, height, channels: 4 };
};
