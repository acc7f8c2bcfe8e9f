import { AppError } from '../errors.ts';
import { formatName } from './formats.ts';
import type { ImageLimits } from './limits.ts';
import { sniff } from './sniff.ts';
import { IMAGE_FORMATS, type ImageFormat } from './types.ts';

/** What the header of a file claims. */
export interface Header {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/**
 * The format of a file that is worth decoding.
 * @throws {AppError} `IMAGE_EMPTY`, `IMAGE_TOO_LARGE` or `IMAGE_FORMAT`.
 */
export function checkFile(bytes: Uint8Array, { maxBytes }: ImageLimits): ImageFormat {
  if (bytes.length === 0) {
    throw new AppError('IMAGE_EMPTY', 'The file is empty; please send the picture again.');
  }
  if (bytes.length > maxBytes) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `The file has ${millions(bytes.length)} MB, and at most ${millions(maxBytes)} MB are taken; please send a smaller one.`,
    );
  }
  const sniffed = sniff(bytes);
  if (sniffed.kind === 'image') return sniffed.format;
  const finding =
    sniffed.looksLike === undefined
      ? 'This file is not a picture that can be read'
      : `This is ${sniffed.looksLike}, not a picture that can be read`;
  throw new AppError('IMAGE_FORMAT', `${finding}; please send a ${takenFormats()} file.`);
}

/**
 * Refuses what would cost too much to decode.
 * @throws {AppError} `IMAGE_DAMAGED`, `IMAGE_TOO_MANY_PIXELS` or `IMAGE_TOO_MANY_FRAMES`.
 */
export function checkHeader(header: Header, { maxPixels, maxFrames }: DecodeLimits): void {
  const { format, width, height, frames } = header;
  if (width < 1 || height < 1) throw damaged(format);
  if (width * height > maxPixels) {
    throw new AppError(
      'IMAGE_TOO_MANY_PIXELS',
      `The picture has ${width} × ${height} pixels (${millions(width * height)} megapixels), and at most ${millions(maxPixels)} megapixels are taken; please send a smaller one.`,
    );
  }
  if (frames > maxFrames) {
    throw new AppError(
      'IMAGE_TOO_MANY_FRAMES',
      `This ${formatName(format)} has ${frames} ${frameWord(format)}, and at most ${maxFrames} are taken; please send a still picture.`,
    );
  }
}

export type DecodeLimits = Pick<ImageLimits, 'maxPixels' | 'maxFrames'>;

export function damaged(format: ImageFormat, cause?: unknown): AppError {
  return new AppError(
    'IMAGE_DAMAGED',
    `This ${formatName(format)} file is damaged or of a kind that can't be read; please send it again, or as another file.`,
    cause === undefined ? {} : { cause },
  );
}

/** What to tell about a picture that was taken. */
export function notesOn({ format, frames }: Header): string[] {
  if (frames <= 1) return [];
  return [
    `This ${formatName(format)} has ${frames} ${frameWord(format)}; only the first is edited.`,
  ];
}

function frameWord(format: ImageFormat): string {
  if (format === 'tiff') return 'pages';
  return format === 'heic' || format === 'avif' ? 'pictures' : 'frames';
}

function takenFormats(): string {
  const names = IMAGE_FORMATS.map(formatName);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

/** To one decimal, upwards: what is over a limit never reads like the limit. */
function millions(amount: number): string {
  return String(Math.ceil(amount / 100_000) / 10);
}
