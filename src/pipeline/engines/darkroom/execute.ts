import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditStep } from '../../types.ts';
import { areasOf, type Areas } from './measure/area.ts';
import { photoOf, photoOfPixels, type Photo } from './measure/photo.ts';
import type { Canvas, Step } from './operation.ts';
import { placed, stagesOf } from './placed.ts';
import { blend } from './pixels/blend.ts';
import type { Painting } from './pixels/box.ts';
import { runColourPass } from './pixels/colour-pass.ts';
import { isDeep, openImage, openPixels, toPixels, type Pixels } from './pixels/pixels.ts';

/** A picture that steps are done on: a file, or pixels that earlier steps left. */
export type Material = EncodedImage | Pixels;

/**
 * Does all steps of a pass at full size: pixels are moved first, then all changes of colour in one
 * go, then filters, text and frames. Yields after each part.
 */
export async function* execute(
  material: Material,
  references: readonly EncodedImage[],
  steps: readonly Step[],
  call: Call,
): AsyncGenerator<EditStep, Pixels> {
  const moves = placed(steps, 'move');
  const colours = placed(steps, 'colour');
  const filters = placed(steps, 'filter', 'rework');
  const overlays = placed(steps, 'overlay');
  const frames = placed(steps, 'frame');
  const total =
    Math.max(1, moves.length) +
    Math.min(1, colours.length) +
    filters.length +
    overlays.length +
    frames.length +
    1;
  let done = 0;
  const progress = (): EditStep => {
    call.signal.throwIfAborted();
    done += 1;
    return { step: done, steps: total };
  };

  const { sharp, deep } = await open(material);
  const size = { width: material.width, height: material.height };
  let canvas: Canvas = { sharp, size, full: size, deep };
  let pixels: Pixels | undefined;
  for (const { work, step } of moves) {
    if (pixels) canvas = { ...canvas, sharp: openPixels(pixels) };
    canvas = await work.move(canvas, step.params, references);
    pixels = await toPixels(canvas.sharp, deep);
    yield progress();
  }
  if (!pixels) {
    pixels = await toPixels(canvas.sharp, deep);
    yield progress();
  }
  // A picture that was measured already has its regions found.
  const measured = moves.length === 0 && 'bytes' in material ? photoOf(material) : undefined;
  const areas = await findAreas(pixels, [...colours, ...filters], measured);
  if (colours.length > 0) {
    await runColourPass(pixels, stagesOf(steps, areas), call);
    yield progress();
  }
  for (const { work, step } of filters) {
    const area = areas.get(step.region) ?? { region: step.region, confidence: 1 };
    if (work.kind === 'rework') {
      pixels = await work.rework(pixels, step.params, { area, call });
    } else {
      const filtered = await work.filter(pixels, step.params, { area, call });
      if (area.mask) blend(filtered, pixels, area.mask);
      pixels = filtered;
    }
    yield progress();
  }
  for (const { work, step } of overlays) {
    layOver(pixels, await work.paint(pixels, step.params));
    yield progress();
  }
  for (const { work, step } of frames) {
    pixels = await work.frame(pixels, step.params, call);
    yield progress();
  }
  return pixels;
}

async function open(material: Material) {
  if ('bytes' in material) return openImage(material);
  return { sharp: openPixels(material), deep: isDeep(material) };
}

/** Regions are looked for on a measured copy, which costs nothing where there is none. */
async function findAreas(
  pixels: Pixels,
  regional: readonly { readonly step: Step }[],
  measured: Promise<Photo> | undefined,
): Promise<Areas> {
  const steps = regional.map(({ step }) => step).filter(({ region }) => region !== 'picture');
  if (steps.length === 0) return new Map();
  return areasOf(await (measured ?? photoOfPixels(pixels)), steps);
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
