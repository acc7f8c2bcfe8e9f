import sharp from 'sharp';

import { AppError } from '../errors.ts';
import type { EncodedImage } from './types.ts';
import { untilAborted } from './until-aborted.ts';

/** A mask need be no finer; pixels of its longest side. */
const LONGEST_SIDE = 2_048;
/** Share of pixels that may be neither black nor white: what smooth edges and compression make of them. */
const MOST_BETWEEN = 0.05;
const DARKEST_WHITE = 205;
const LIGHTEST_BLACK = 50;
const MOST_COLOUR = 32;

/**
 * What somebody drew to say where a picture may change, as one of ours: a grey PNG, 255 where it may, 0 elsewhere.
 * Of a drawing with transparent places these are it, else what is white in black and white.
 * @param drawing Trusted: taken by the intake.
 * @throws {AppError} `MASK_UNUSABLE` for any other picture, and where all or nothing is marked; the reason of
 *   the signal.
 */
export async function toMask(
  drawing: EncodedImage,
  { signal }: { readonly signal: AbortSignal },
): Promise<EncodedImage> {
  const reading = sharp(drawing.bytes, { limitInputPixels: false })
    .autoOrient()
    .resize({
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: 'inside',
      kernel: 'nearest',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await untilAborted(reading, signal);
  const marks = transparentIn(data) ?? whiteIn(data);
  const share = marks && marks.reduce((sum, mark) => sum + mark, 0) / 255 / marks.length;
  if (!marks || share === 0 || share === 1) {
    throw new AppError(
      'MASK_UNUSABLE',
      'That mask can’t be used; send one that is white where the picture may change and black elsewhere.',
    );
  }
  const { width, height } = info;
  const writing = sharp(marks, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return { bytes: await untilAborted(writing, signal), format: 'png', width, height };
}

/** Undefined where nothing is transparent. */
function transparentIn(rgba: Uint8Array): Uint8Array | undefined {
  const marks = new Uint8Array(rgba.length / 4);
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) {
    if ((rgba[at * 4 + 3] ?? 0) >= 128) continue;
    marks[at] = 255;
    count += 1;
  }
  return count > 0 ? marks : undefined;
}

/** Undefined where it is not black and white. */
function whiteIn(rgba: Uint8Array): Uint8Array | undefined {
  const marks = new Uint8Array(rgba.length / 4);
  let between = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
    const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
    const isPlain = most <= LIGHTEST_BLACK || least >= DARKEST_WHITE;
    if (!isPlain || most - least > MOST_COLOUR) between += 1;
    if (least + most >= 256) marks[at] = 255;
  }
  return between / marks.length <= MOST_BETWEEN ? marks : undefined;
}
