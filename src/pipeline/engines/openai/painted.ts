import sharp from 'sharp';

import { toStandardColours } from '../../../image/colours.ts';
import { untilAborted } from '../../../image/until-aborted.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Canvas } from '../../canvas.ts';
import type { Call } from '../../types.ts';

/** Latent pixels of these models are 8 wide and taken in twos. */
const GRID = 16;
/** No editor paints larger pictures; what claims to be is not decoded. */
const MAX_PIXELS = 64e6;

/** The size in which a picture is painted: its shape, or the one asked for, in steps of the grid. */
export function paintedSize(
  { width, height }: Canvas,
  canvas: Canvas | undefined,
  maxPixels: number,
): { width: number; height: number } {
  const ratio = canvas ? canvas.width / canvas.height : width / height;
  const pixels = Math.min(width * height, maxPixels);
  const onGrid = (side: number) => Math.max(GRID, Math.round(side / GRID) * GRID);
  return { width: onGrid(Math.sqrt(pixels * ratio)), height: onGrid(Math.sqrt(pixels / ratio)) };
}

/** A picture as a PNG file for the painter: upright, in sRGB, opaque, with no metadata. */
export async function fileForPainter(
  { bytes }: EncodedImage,
  size: { readonly width: number; readonly height: number },
  call: Call,
): Promise<Buffer> {
  const picture = sharp(bytes, { limitInputPixels: false });
  const standard = toStandardColours(picture.autoOrient(), await picture.metadata());
  const png = standard
    .resize(size.width, size.height, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .png({ compressionLevel: 3 })
    .toBuffer();
  return untilAborted(png, call.signal);
}

/**
 * A mask as a PNG file for the painter: transparent where it may paint, as OpenAI has it, and white there on black for
 * servers that look at the colours.
 */
export async function maskForPainter(
  { bytes }: EncodedImage,
  { width, height }: { readonly width: number; readonly height: number },
  call: Call,
): Promise<Buffer> {
  const reading = sharp(bytes)
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const marks = await untilAborted(reading, call.signal);
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < marks.length; at += 1) {
    const mark = (marks[at] ?? 0) >= 128 ? 255 : 0;
    rgba.fill(mark, at * 4, at * 4 + 3);
    rgba[at * 4 + 3] = 255 - mark;
  }
  const writing = sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return untilAborted(writing, call.signal);
}

/**
 * What a server sent, as a picture of ours.
 * @throws What sharp does where it is none.
 */
export async function toPicture(file: Uint8Array, call: Call): Promise<EncodedImage> {
  const picture = sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const standard = toStandardColours(picture.autoOrient(), await picture.metadata());
  const png = standard.png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  const { data, info } = await untilAborted(png, call.signal);
  return { bytes: data, format: 'png', width: info.width, height: info.height };
}
