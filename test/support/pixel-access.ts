import sharp from 'sharp';

import type { EncodedImage } from '../../src/image/types.ts';

/** 8-bit sRGB with alpha. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A finished file to look into, pixel by pixel. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Rgba;
}

export async function bitmapOf(image: EncodedImage): Promise<Bitmap> {
  const { data, info } = await sharp(image.bytes)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    at: (x, y) => {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * width + x) * 4);
      return [red, green, blue, alpha];
    },
  };
}
