import type { ImageFormat } from './types.ts';

const NAMES = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  heic: 'HEIC',
} as const satisfies Record<ImageFormat, string>;

/** The name of a format as people write it. */
export function formatName(format: ImageFormat): string {
  return NAMES[format];
}

/** The extension of a file of this format, without the dot. */
export function fileExtension(format: ImageFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/** The formats that results can be written in: all but HEIC, which can only be read. */
export type ResultFormat = Exclude<ImageFormat, 'heic'>;

/** The format of the result for a source of this format: the same, where it can be written. */
export function resultFormatOf(originalFormat: ImageFormat): ResultFormat {
  return originalFormat === 'heic' ? 'jpeg' : originalFormat;
}

/** How a picture is to be written. */
export interface FileForm {
  readonly format: ResultFormat;
  /**
   * 1 to 100; what results have when absent. For JPEG, WebP and AVIF the encoder's own; for PNG and
   * GIF the percentage of 256 colors that a palette may have, and for PNG 100 is lossless. TIFF has none.
   */
  readonly quality?: number;
  /** Length of each side as a percentage of the picture's, up to 100; 100 when absent. */
  readonly scale?: number;
}

/** Of results when no quality is asked for. */
export const DEFAULT_QUALITY = {
  jpeg: 92,
  png: 100,
  webp: 90,
  avif: 60,
  gif: 100,
  tiff: 100,
} as const satisfies Record<ResultFormat, number>;

/** Whether a file of this form gives back every value, also of 16 bits. */
export const isLossless = ({ format, quality = 100 }: FileForm): boolean =>
  format === 'tiff' || (format === 'png' && quality === 100);

/** Longest side that a format can hold, pixels. */
const MAX_SIDE: Partial<Record<ResultFormat, number>> = {
  jpeg: 65_535,
  webp: 16_383,
  avif: 16_384,
  gif: 65_535,
};

/** Whether a file of the format can hold so many pixels. */
export function canHold(
  format: ResultFormat,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return Math.max(width, height) <= (MAX_SIDE[format] ?? Infinity);
}

/** Whether parts of the picture may be transparent. */
export const holdsTransparency = (format: ImageFormat): boolean =>
  format !== 'jpeg' && format !== 'heic';
