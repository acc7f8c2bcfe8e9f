import sharp from 'sharp';

import { toStandardColours } from '../../../image/colours.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Pixels } from './resample.ts';

/** The real limit was checked when the picture came in. */
const DECODE = { limitInputPixels: 1_000_000_000, failOn: 'error' } as const;

/** The pixels of a picture: upright, in sRGB, on white where it is transparent. */
export async function readPixels(image: EncodedImage): Promise<Pixels<Uint8Array>> {
  const opened = sharp(image.bytes, DECODE);
  const upright = toStandardColours(opened.autoOrient(), await opened.metadata());
  const { data, info } = await upright
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A lossless file, fast to write rather than small. */
export async function writePng({ data, width, height }: Pixels<Uint8Array>): Promise<EncodedImage> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const bytes = await picture.png({ compressionLevel: 1 }).toBuffer();
  return { bytes, format: 'png', width, height };
}

/** A file to look at while the picture is being made. */
export async function writePreview({
  data,
  width,
  height,
}: Pixels<Uint8Array>): Promise<EncodedImage> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return { bytes: await picture.jpeg({ quality: 70 }).toBuffer(), format: 'jpeg', width, height };
}
