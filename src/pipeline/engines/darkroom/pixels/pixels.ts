import sharp, { type Sharp } from 'sharp';

import { AppError } from '../../../../errors.ts';
import { toStandardColours } from '../../../../image/colours.ts';
import { isLossless, type FileForm } from '../../../../image/formats.ts';
import { writeForm } from '../../../../image/result.ts';
import type { EncodedImage } from '../../../../image/types.ts';

/** Decoded pixels: sRGB, row by row, 3 (RGB) or 4 (RGBA) interleaved channels, 8 or 16 bits each. */
export interface Pixels {
  readonly data: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** libvips stops short of this many pixels anyway; the real limit was checked when the picture came in. */
const DECODE = { limitInputPixels: 1_000_000_000, failOn: 'error' } as const;

/** A pipeline over a picture's file, upright, in sRGB and with its first frame alone. */
export async function openImage(image: EncodedImage): Promise<{ sharp: Sharp; deep: boolean }> {
  const opened = sharp(image.bytes, DECODE);
  const metadata = await opened.metadata();
  return {
    sharp: toStandardColours(opened.autoOrient(), metadata),
    deep: metadata.depth === 'ushort',
  };
}

/** A pipeline over decoded pixels. */
export function openPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** Runs a pipeline to sRGB pixels; `deep` keeps 16 bits. */
export async function toPixels(pipeline: Sharp, deep: boolean): Promise<Pixels> {
  const { data, info } = await pipeline
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) {
    throw new AppError('INTERNAL', `The picture was decoded to ${channels} channels.`);
  }
  const typed = deep
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { data: typed, width, height, channels };
}

/** Whether the pixels have 16 bits a channel. */
export const isDeep = (pixels: Pixels): boolean => pixels.data instanceof Uint16Array;

/**
 * A file of these pixels: of the form that is asked for, else lossless and fast rather than small,
 * as PNG at level 1. 16 bits are kept where pixels and format have them.
 */
export async function encodePixels(pixels: Pixels, form?: FileForm): Promise<EncodedImage> {
  const { width, height } = pixels;
  const picture = openPixels(pixels).toColourspace(
    isDeep(pixels) && (!form || isLossless(form)) ? 'rgb16' : 'srgb',
  );
  if (!form) {
    const bytes = await picture.png({ compressionLevel: 1 }).toBuffer();
    return { bytes, format: 'png', width, height };
  }
  const { scale = 100 } = form;
  const side = (length: number) => Math.max(1, Math.round((length * scale) / 100));
  const size = { width: side(width), height: side(height) };
  const sized = scale < 100 ? picture.resize({ ...size, fit: 'fill' }) : picture;
  return { bytes: await writeForm(sized, form).toBuffer(), format: form.format, ...size };
}
