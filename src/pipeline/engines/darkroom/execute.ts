import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditStep } from '../../types.ts';
import type { Painting, Size } from './pixels/box.ts';
import { runColourPass, type PlacedStage } from './pixels/colour-pass.ts';
import type { Canvas, Step, Work } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import { photoOfCopy, type Photo } from './measure/photo.ts';
import { isDeep, openImage, openPixels, toPixels, type Pixels } from './pixels/pixels.ts';
import { regionWeight, type Region } from './pixels/region.ts';

type Placed<Kind extends Work['kind']> = { work: Extract<Work, { kind: Kind }>; step: Step };

/**
 * Does all steps of an instruction at full size: pixels are moved first, then all changes of colour
 * in one pass, then filters and text. Yields after each part.
 */
export async function* execute(
  image: EncodedImage,
  steps: readonly Step[],
  call: Call,
): AsyncGenerator<EditStep, Pixels> {
  const moves = placed(steps, 'move');
  const colours = placed(steps, 'colour');
  const filters = placed(steps, 'filter');
  const overlays = placed(steps, 'overlay');
  const total =
    Math.max(1, moves.length) + Math.min(1, colours.length) + filters.length + overlays.length + 1;
  let done = 0;
  const progress = (): EditStep => {
    call.signal.throwIfAborted();
    done += 1;
    return { step: done, steps: total };
  };

  const { sharp, deep } = await openImage(image);
  const size = { width: image.width, height: image.height };
  let canvas: Canvas = { sharp, size, full: size, deep };
  let pixels: Pixels | undefined;
  for (const { work, step } of moves) {
    if (pixels) canvas = { ...canvas, sharp: openPixels(pixels) };
    canvas = await work.move(canvas, step.params);
    pixels = await toPixels(canvas.sharp, deep);
    yield progress();
  }
  if (!pixels) {
    pixels = await toPixels(canvas.sharp, deep);
    yield progress();
  }
  if (colours.length > 0) {
    await runColourPass(pixels, stagesOf(colours), call);
    yield progress();
  }
  for (const { work, step } of filters) {
    const filtered = await toPixels(work.filter(openPixels(pixels), pixels, step.params), deep);
    if (step.region !== 'picture') blendRegion(filtered, pixels, step.region);
    pixels = filtered;
    yield progress();
  }
  for (const { work, step } of overlays) {
    layOver(pixels, await work.paint(pixels, step.params));
    yield progress();
  }
  return pixels;
}

/** What a measured copy looks like after the steps that move pixels. */
export async function moveCopy(photo: Photo, steps: readonly Step[]): Promise<Photo> {
  const moves = placed(steps, 'move');
  if (moves.length === 0) return photo;
  const { width, height, rgb } = photo.copy;
  let copy: Pixels = { data: rgb, width, height, channels: 3 };
  let full = { width: photo.width, height: photo.height };
  for (const { work, step } of moves) {
    const before: Canvas = { sharp: openPixels(copy), size: copy, full, deep: false };
    const after = await work.move(before, step.params);
    copy = await toPixels(after.sharp, false);
    full = after.full;
  }
  return photoOfCopy(copy, full.width, full.height);
}

/** What a measured copy looks like after the steps that change colours. */
export async function recolourCopy(
  photo: Photo,
  steps: readonly Step[],
  call: Call,
): Promise<Photo> {
  const colours = placed(steps, 'colour');
  if (colours.length === 0) return photo;
  const { width, height, rgb } = photo.copy;
  const copy: Pixels = { data: rgb.slice(), width, height, channels: 3 };
  await runColourPass(copy, stagesOf(colours), call);
  const after = photoOfCopy(copy, photo.width, photo.height);
  return photo.visible ? { ...after, visible: photo.visible } : after;
}

/** What the steps that lay something over a picture of this size would lay over it. */
export function paintSteps(steps: readonly Step[], size: Size): Promise<Painting[]> {
  return Promise.all(
    placed(steps, 'overlay').map(({ work, step }) => work.paint(size, step.params)),
  );
}

function placed<Kind extends Work['kind']>(steps: readonly Step[], kind: Kind): Placed<Kind>[] {
  const found: Placed<Kind>[] = [];
  for (const step of steps) {
    const work = operationNamed(step.operation)?.work;
    if (work?.kind === kind) found.push({ work: work as Placed<Kind>['work'], step });
  }
  return found;
}

const stagesOf = (colours: readonly Placed<'colour'>[]): PlacedStage[] =>
  colours.map(({ work, step }) => ({ stage: work.stage(step.params), region: step.region }));

/** Puts the untouched pixels back where a filter's region does not reach. */
function blendRegion(filtered: Pixels, original: Pixels, region: Region): void {
  const { width, height, channels, data } = filtered;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += channels) {
      const weight = regionWeight(region, (x + 0.5) / width, (y + 0.5) / height);
      if (weight === 1) continue;
      for (let value = at; value < at + channels; value += 1) {
        const before = original.data[value] as number;
        data[value] = before + weight * ((data[value] as number) - before) + 0.5;
      }
    }
  }
}

function layOver(pixels: Pixels, { box, rgba }: Painting): void {
  const { data, width, channels } = pixels;
  const max = isDeep(pixels) ? 65_535 : 255;
  const depth = max / 255;
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const from = (y * box.width + x) * 4;
      const alpha = (rgba[from + 3] as number) / 255;
      if (alpha === 0) continue;
      const to = ((box.top + y) * width + box.left + x) * channels;
      for (let channel = 0; channel < 3; channel += 1) {
        const before = data[to + channel] as number;
        data[to + channel] =
          before + alpha * ((rgba[from + channel] as number) * depth - before) + 0.5;
      }
      if (channels === 4) {
        const before = data[to + 3] as number;
        data[to + 3] = before + alpha * (max - before);
      }
    }
  }
}
