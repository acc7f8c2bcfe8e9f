import sharp, { type Metadata, type Sharp } from 'sharp';

import { AppError } from '../errors.ts';
import { toStandardColours } from './colours.ts';
import {
  canHold,
  DEFAULT_QUALITY,
  formatName,
  resultFormatOf,
  type FileForm,
  type ResultFormat,
} from './formats.ts';
import type { EncodedImage, ImageFormat } from './types.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * The file that the user gets: upright, in sRGB, with no metadata at all. PNG and TIFF are lossless
 * and keep 16 bits; JPEG shows white where the picture is transparent. HEIC can't be written:
 * a JPEG is made instead.
 * @param image Trusted: made here, or taken by the intake.
 * @throws {AppError} `NOT_SUPPORTED` when the format can't hold a picture of this size; the reason of
 *   the signal as soon as it aborts.
 */
export async function encodeResult(
  image: EncodedImage,
  format: ImageFormat,
  { signal }: { readonly signal: AbortSignal },
): Promise<EncodedImage> {
  signal.throwIfAborted();
  const resultFormat = resultFormatOf(format);
  checkSides(image, resultFormat);
  return untilAborted(encode(image, resultFormat), signal);
}

/** A pipeline that writes a picture, upright, in sRGB and of its final size, in a form. */
export function writeForm(picture: Sharp, form: FileForm): Sharp {
  const { format, quality = DEFAULT_QUALITY[form.format] } = form;
  const colours = Math.max(2, Math.round((256 * quality) / 100));
  switch (format) {
    case 'jpeg':
      return picture.flatten({ background: '#ffffff' }).jpeg({
        quality,
        chromaSubsampling: quality >= 85 ? '4:4:4' : '4:2:0',
      });
    case 'png':
      return quality === 100
        ? picture.png({ compressionLevel: 6 })
        : picture.png({ compressionLevel: 9, palette: true, colours, effort: 3 });
    case 'webp':
      return picture.webp({ quality });
    case 'avif':
      return picture.avif({ quality, effort: 0 });
    case 'gif':
      return picture.gif({ effort: 1, colours });
    case 'tiff':
      return picture.tiff({ compression: 'lzw', predictor: 'horizontal' });
  }
  return format satisfies never;
}

async function encode(image: EncodedImage, format: ResultFormat): Promise<EncodedImage> {
  const picture = sharp(image.bytes, { limitInputPixels: false });
  const metadata = await picture.metadata();
  const standard = toStandardColours(picture.autoOrient(), metadata);
  const { data, info } = await writeForm(keepDepth(standard, metadata, format), {
    format,
  }).toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.height };
}

/** Unless asked for 16 bits, sharp writes 8. */
function keepDepth(picture: Sharp, { depth, space }: Metadata, format: ResultFormat): Sharp {
  if (depth !== 'ushort' || (format !== 'png' && format !== 'tiff')) return picture;
  return picture.toColourspace(space === 'grey16' ? 'grey16' : 'rgb16');
}

function checkSides(image: EncodedImage, format: ResultFormat): void {
  if (canHold(format, image)) return;
  const { width, height } = image;
  throw new AppError(
    'NOT_SUPPORTED',
    `A ${formatName(format)} file can't hold ${width} × ${height} pixels; please ask for a PNG file.`,
  );
}
