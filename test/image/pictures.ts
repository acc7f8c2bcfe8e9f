import { readFileSync } from 'node:fs';

import sharp, { type Sharp } from 'sharp';

import type { ImageFormat } from '../../src/image/types.ts';

/** A picture kept with the tests; its README says how it was made. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/images/${name}`, import.meta.url));
}

/** A picture in which no two neighbours are alike, so that no format can make it small. */
export function grain(width = 60, height = 40, seed = 0): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed + 1;
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export function plain(colour: string, width = 40, height = 30): Sharp {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

/** Frames of an animation on top of each other, as sharp takes them. */
export function filmStrip(width: number, height: number, frames: number): Sharp {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = (60 * Math.floor(at / (width * height * 3)) + (at % 251)) & 0xff;
  }
  return sharp(pixels, {
    raw: { width, height: height * frames, channels: 3, pageHeight: height },
  });
}

/** One file of each format. */
export async function oneOfEach(): Promise<Record<ImageFormat, Buffer>> {
  return {
    jpeg: await grain().jpeg().toBuffer(),
    png: await grain().png().toBuffer(),
    webp: await grain().webp().toBuffer(),
    avif: await grain().avif({ effort: 0 }).toBuffer(),
    gif: await grain().gif().toBuffer(),
    tiff: await grain().tiff({ compression: 'lzw' }).toBuffer(),
    heic: fixture('gradient.heic'),
  };
}

/** The bytes of a file given as Latin-1. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Colour of one pixel, 0 to 255, after all that the file says about its colours is done. */
export async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const pixel = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, channels } = pixel.info;
  const at = (y * width + x) * channels;
  return [...pixel.data.subarray(at, at + channels)];
}
