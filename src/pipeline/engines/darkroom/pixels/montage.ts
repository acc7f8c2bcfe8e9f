import type { EncodedImage } from '../../../../image/types.ts';
import type { Canvas } from '../operation.ts';
import type { Params } from '../phrase.ts';
import { scaledTiles, tilesOf, type Layout, type Tiles } from '../shapes/tiles.ts';
import type { Size } from './box.ts';
import { layInto, plainPixels } from './frame.ts';
import { colourOf } from './named-colours.ts';
import { openImage, openPixels, toPixels, type Pixels } from './pixels.ts';

/** Where the pictures lie in the montage that the parameters describe, in its pixels. */
export function tilesFor(sizes: readonly Size[], params: Params): Tiles {
  const natural = tilesOf(sizes, {
    layout: params['layout'] as Layout,
    columns: Number(params['columns']),
    gap: Number(params['gap']),
  });
  return scaledTiles(natural, Number(params['width']) / natural.size.width);
}

/** Lays a picture and those that came with it into one. */
export async function layOut(
  { sharp, size, full, deep }: Canvas,
  params: Params,
  references: readonly EncodedImage[],
): Promise<Canvas> {
  const to = tilesFor([full, ...references], params);
  // A stand-in copy makes a montage that is as much smaller as it is, but never a larger one.
  const isCopy = size.width !== full.width || size.height !== full.height;
  const { size: outer, tiles } = isCopy
    ? scaledTiles(
        to,
        Math.min(1, size.width / full.width, 1024 / Math.max(to.size.width, to.size.height)),
      )
    : to;
  const shown = String(params['offsets']).split(', ').map(Number);
  let ground: Pixels | undefined;
  for (const [index, tile] of tiles.entries()) {
    const reference = references[index - 1];
    if (index > 0 && !reference) continue;
    const source = reference ? (await openImage(reference)).sharp : sharp;
    const whole = await toPixels(source, deep);
    const pixels = await fill(whole, tile, shown[index] ?? 50, deep);
    ground ??= plainPixels(outer, { ...pixels, channels: 4 }, colourOf(String(params['color'])));
    layInto(ground, pixels, tile);
  }
  if (!ground) return { sharp, size, full, deep };
  return {
    sharp: openPixels(await withoutIdleAlpha(ground, deep)),
    size: outer,
    full: to.size,
    deep,
  };
}

/** Crops a picture to the shape of a tile, and scales it to its size. */
async function fill(pixels: Pixels, tile: Size, percent: number, deep: boolean): Promise<Pixels> {
  const { width, height } = pixels;
  const wide = width / height > tile.width / tile.height;
  const kept = {
    width: wide ? Math.max(1, Math.round((height * tile.width) / tile.height)) : width,
    height: wide ? height : Math.max(1, Math.round((width * tile.height) / tile.width)),
  };
  const left = Math.round(((width - kept.width) * percent) / 100);
  const top = Math.round(((height - kept.height) * percent) / 100);
  return toPixels(
    openPixels(pixels)
      .extract({ left, top, ...kept })
      .resize({ width: tile.width, height: tile.height, fit: 'fill' }),
    deep,
  );
}

/** Alpha that hides nothing is left out. */
async function withoutIdleAlpha(pixels: Pixels, deep: boolean): Promise<Pixels> {
  const max = deep ? 65_535 : 255;
  for (let at = 3; at < pixels.data.length; at += 4) if (pixels.data[at] !== max) return pixels;
  return toPixels(openPixels(pixels).removeAlpha(), deep);
}
