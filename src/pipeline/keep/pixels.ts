import { setImmediate as nextTurn } from 'node:timers/promises';

import sharp from 'sharp';

import { toStandardColours } from '../../image/colours.ts';
import { untilAborted } from '../../image/until-aborted.ts';
import type { EncodedImage } from '../../image/types.ts';
import type { Call } from '../types.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Three values a pixel, red, green and blue, 0 to 255 in sRGB; row by row. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/** A part of a picture, in whole pixels. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** One value a pixel, row by row. */
export interface Plane extends Size {
  readonly data: Float32Array;
}

/** The pixels of a picture, on white where it is transparent, and how opaque they are where it can be. */
export async function readPixels(
  { bytes }: EncodedImage,
  { signal }: Call,
): Promise<{ pixels: Pixels; opacity?: Uint8Array }> {
  const picture = sharp(bytes, { limitInputPixels: false });
  const standard = toStandardColours(picture.autoOrient(), await picture.metadata());
  const { data, info } = await untilAborted(
    standard.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
    signal,
  );
  const { width, height, channels } = info;
  if (channels === 3) return { pixels: { data, width, height } };
  const layers = sharp(data, { raw: { width, height, channels } });
  const [rgb, opacity] = await untilAborted(
    Promise.all([
      layers.clone().flatten({ background: '#ffffff' }).raw().toBuffer(),
      layers.clone().extractChannel('alpha').raw().toBuffer(),
    ]),
    signal,
  );
  const isOpaque = opacity.equals(Buffer.alloc(opacity.length, 255));
  return { pixels: { data: rgb, width, height }, ...(!isOpaque && { opacity }) };
}

/** A picture of ours with these pixels. */
export async function writePixels(
  { data, width, height }: Pixels,
  opacity: Uint8Array | undefined,
  { signal }: Call,
): Promise<EncodedImage> {
  const colours = sharp(data, { raw: { width, height, channels: 3 } });
  const whole = opacity
    ? colours.joinChannel(Buffer.from(opacity), { raw: { width, height, channels: 1 } })
    : colours;
  const bytes = await untilAborted(whole.png({ compressionLevel: 1 }).toBuffer(), signal);
  return { bytes, format: 'png', width, height };
}

/** A smaller copy, each pixel the mean of those that it stands for. */
export async function shrink(
  { data, width, height }: Pixels,
  to: Size,
  { signal }: Call,
): Promise<Pixels> {
  if (to.width === width && to.height === height) return { data, width, height };
  const made = sharp(data, { raw: { width, height, channels: 3 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { data: await untilAborted(made, signal), ...to };
}

/** A part of a picture. */
export function crop({ data, width }: Pixels, part: Region): Pixels {
  const length = part.width * 3;
  const out = new Uint8Array(length * part.height);
  for (let row = 0; row < part.height; row += 1) {
    const start = ((part.top + row) * width + part.left) * 3;
    out.set(data.subarray(start, start + length), row * length);
  }
  return { data: out, width: part.width, height: part.height };
}

/** A size of this shape whose longest side is no longer than that. */
export function within({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Lets others have their turn in long work on pixels, and ends it at a cancel. */
export async function breathe({ signal }: Call): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
