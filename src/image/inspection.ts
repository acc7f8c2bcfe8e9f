import sharp from 'sharp';

import { toStandardColours } from './colours.ts';
import type { EncodedImage } from './types.ts';
import { untilAborted } from './until-aborted.ts';

/** Enough to see what a picture shows, and a few hundred kilobytes at most. */
const LONGEST_SIDE = 1_024;
const QUALITY = 85;

/** Neither white nor black letters on a transparent ground vanish in it. */
const GROUND = '#808080';

/**
 * A JPEG file for somebody else to look at: small, upright, in sRGB, with no metadata and nothing
 * transparent; never the picture's own file.
 * @param image Trusted: made here, or taken by the intake.
 * @throws The reason of the signal as soon as it aborts.
 */
export async function inspectionCopy(
  image: EncodedImage,
  { signal }: { readonly signal: AbortSignal },
): Promise<Uint8Array> {
  signal.throwIfAborted();
  return untilAborted(encode(image), signal);
}

async function encode({ bytes }: EncodedImage): Promise<Uint8Array> {
  const picture = sharp(bytes, { limitInputPixels: false });
  const standard = toStandardColours(picture.autoOrient(), await picture.metadata());
  return standard
    .resize({
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .flatten({ background: GROUND })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
