import sharp from 'sharp';

import type { EncodedImage } from '../../src/image/types.ts';
import { photoOf } from '../../src/pipeline/engines/darkroom/measure/photo.ts';
import {
  statisticsOf,
  type Statistics,
} from '../../src/pipeline/engines/darkroom/measure/statistics.ts';
import type { ColourStage } from '../../src/pipeline/engines/darkroom/pixels/colour-pass.ts';
import { labOf, type Triple } from '../../src/pipeline/engines/darkroom/pixels/colour.ts';
import { encoded, makePhoto } from './photos.ts';

/** Measurements of a file as if it were seen for the first time. */
export const measured = async (image: EncodedImage): Promise<Statistics> =>
  statisticsOf(await photoOf({ ...image }));

export const pixelsOf = (image: EncodedImage): Promise<Buffer> =>
  sharp(image.bytes).removeAlpha().toColourspace('srgb').raw().toBuffer();

/** sRGB, 0 to 255, of one pixel of a picture without transparency. */
export async function pixelAt(image: EncodedImage, x: number, y: number): Promise<Triple> {
  const pixels = await pixelsOf(image);
  const at = (y * image.width + x) * 3;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

/** Lightness, chroma and hue angle (degrees, 0 to 360) in CIE Lab of an sRGB colour, 0 to 255. */
export function lchOf([red, green, blue]: Triple): {
  lightness: number;
  chroma: number;
  hue: number;
} {
  const [lightness, a, b] = labOf(red / 255, green / 255, blue / 255);
  const hue = (((Math.atan2(b, a) * 180) / Math.PI) % 360) + 360;
  return { lightness, chroma: Math.hypot(a, b), hue: hue % 360 };
}

/** What a stage makes of one sRGB colour, 0 to 1. */
export function changed(stage: ColourStage, [red, green, blue]: Triple): Triple {
  if ('curve' in stage) {
    return [stage.curve(red, 0), stage.curve(green, 1), stage.curve(blue, 2)];
  }
  const row = Float32Array.of(red, green, blue);
  stage.mix(row, { y: 0.5, aspect: 1 });
  return [row[0] ?? 0, row[1] ?? 0, row[2] ?? 0];
}

/** A picture of one colour. */
export const plain = (background: string): Promise<EncodedImage> =>
  encoded(sharp({ create: { width: 120, height: 80, channels: 3, background } }), 'png');

/** The made photo with its left half transparent. */
export async function halfTransparent(): Promise<EncodedImage> {
  const photo = await makePhoto();
  const hole = await sharp({
    create: { width: 240, height: 320, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 1 } },
  })
    .png()
    .toBuffer();
  const bytes = await sharp(photo.bytes)
    .ensureAlpha()
    .composite([{ input: hole, blend: 'dest-out', top: 0, left: 0 }])
    .png()
    .toBuffer();
  return { ...photo, bytes };
}

type Place = 'sky' | 'roof' | 'wall' | 'grass' | 'bush' | 'rock' | 'door';

/** Places of the made photo, in its pixels. */
export const PLACES: Readonly<Record<Place, readonly [x: number, y: number]>> = {
  sky: [60, 20],
  roof: [195, 135],
  wall: [165, 190],
  grass: [300, 190],
  bush: [70, 230],
  rock: [330, 235],
  door: [197, 200],
};
