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
  /** 1 to 100, for the formats that lose detail (JPEG, WebP, AVIF); what results have when absent. */
  readonly quality?: number;
}
