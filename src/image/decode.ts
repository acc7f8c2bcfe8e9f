import sharp, { type Metadata, type SharpOptions } from 'sharp';

import { fileBrands, sequenceFrames } from './boxes.ts';
import { checkHeader, damaged, type DecodeLimits } from './checks.ts';
import type { Decoded, DecodeRequest } from './decode-protocol.ts';
import { decodeHeic } from './heic.ts';
import { apngFrames } from './png-chunks.ts';
import type { ImageFormat } from './types.ts';

/**
 * Decodes every pixel of a picture's first frame. Runs in the decode child alone.
 * @throws {AppError} when the header exceeds the limits, before any pixel is decoded; anything else
 *   thrown is the decoder's complaint about a damaged file.
 */
export async function decode({ bytes, format, limits }: DecodeRequest): Promise<Decoded> {
  if (format === 'heic') return decodeHeic(bytes, limits);
  const readable = readableForm(bytes, format);
  const metadata = await sharp(readable, {
    failOn: 'error',
    limitInputPixels: false,
  }).metadata();
  if (format === 'gif' && isSizeless(bytes)) throw damaged('gif');
  const { width, height } = metadata.autoOrient;
  const frames = framesOf(bytes, format, metadata);
  checkHeader({ format, width, height, frames }, limits);

  const options = decodeOptions(limits);
  const header = { type: 'decoded', width, height, frames } as const;
  if (format === 'gif' || readable !== bytes) {
    const png = await sharp(readable, options).png({ compressionLevel: 1 }).toBuffer();
    return { ...header, png };
  }
  const picture = sharp(readable, options);
  // All but TIFF decode from the top down, so that the last pixel costs all others, but no memory.
  if (format !== 'tiff') {
    const { width: fileWidth, height: fileHeight } = metadata;
    picture.extract({ left: fileWidth - 1, top: fileHeight - 1, width: 1, height: 1 });
  }
  await picture.raw().toBuffer();
  return header;
}

/**
 * `error` refuses truncated files as well, but not those with the warnings that real cameras earn.
 * Whether the colour profile is sound does not matter here, and using it takes three times as long.
 */
function decodeOptions({ maxPixels }: DecodeLimits): SharpOptions {
  return { failOn: 'error', ignoreIcc: true, limitInputPixels: maxPixels, sequentialRead: true };
}

/** libvips knows an animated AVIF only by the brand of the still picture in it. */
function readableForm(bytes: Uint8Array, format: ImageFormat): Uint8Array {
  if (format !== 'avif' || fileBrands(bytes)[0] !== 'avis') return bytes;
  const still = Buffer.from(bytes);
  still.write('avif', 8, 'latin1');
  return still;
}

function framesOf(bytes: Uint8Array, format: ImageFormat, { pages = 1 }: Metadata): number {
  if (format === 'png') return apngFrames(bytes);
  return format === 'avif' ? Math.max(pages, sequenceFrames(bytes)) : pages;
}

/** libvips would invent a pixel for a GIF whose screen has none. */
function isSizeless(gif: Uint8Array): boolean {
  const [widthLow, widthHigh, heightLow, heightHigh] = gif.subarray(6, 10);
  return !(widthLow || widthHigh) || !(heightLow || heightHigh);
}
