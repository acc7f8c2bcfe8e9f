import { boxTypeAt, fileBrands } from './boxes.ts';
import type { ImageFormat } from './types.ts';

/** What a file is by its first bytes, whatever its name says. */
export type Sniffed =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  /** `looksLike` completes "This is …, not a picture"; absent when it could be anything. */
  | { readonly kind: 'unsupported'; readonly looksLike?: string };

/** First bytes as Latin-1, and what they announce. */
const IMAGE_MAGIC: readonly (readonly [string, ImageFormat])[] = [
  ['\xFF\xD8\xFF', 'jpeg'],
  ['\x89PNG\r\n\x1A\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  // BigTIFF
  ['II+\0', 'tiff'],
  ['MM\0+', 'tiff'],
];

const OTHER_MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive or an office document'],
  ['\x1F\x8B', 'a compressed archive'],
  ['\x1A\x45\xDF\xA3', 'a video'],
  ['8BPS', 'a Photoshop document'],
  ['BM', 'a BMP file'],
  ['\0\0\x01\0', 'an icon file'],
  ['\xFF\x0A', 'a JPEG XL file'],
  ['\0\0\0\x0CJXL ', 'a JPEG XL file'],
];

/** How much of a file is looked at to tell a text from another. */
const TEXT_PREFIX_BYTES = 1_024;

/** Tells the format of a file by its magic bytes alone. */
export function sniff(bytes: Uint8Array): Sniffed {
  const start = latin1(bytes.subarray(0, 12));
  const format = IMAGE_MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
  if (format) return image(format);
  if (start.startsWith('RIFF')) return sniffRiff(start.slice(8));
  if (boxTypeAt(bytes, 0) === 'ftyp') return sniffBrands(fileBrands(bytes));
  const other = OTHER_MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
  return unsupported(other ?? sniffText(bytes.subarray(0, TEXT_PREFIX_BYTES)));
}

function sniffRiff(kind: string): Sniffed {
  if (kind === 'WEBP') return image('webp');
  return unsupported(kind === 'AVI ' ? 'a video' : undefined);
}

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs']);
/** Brands of any HEIF file: what is inside is for the other brands to say. */
const HEIF_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf']);

/** The first brand that names a coding decides: the major brand, unless that is a general one. */
function sniffBrands(brands: readonly string[]): Sniffed {
  if (brands[0] === 'crx ') return unsupported('a camera raw file');
  const coding = brands.find((brand) => AVIF_BRANDS.has(brand) || HEIC_BRANDS.has(brand));
  if (coding !== undefined) return image(AVIF_BRANDS.has(coding) ? 'avif' : 'heic');
  return brands.some((brand) => HEIF_BRANDS.has(brand)) ? image('heic') : unsupported('a video');
}

function sniffText(prefix: Uint8Array): string | undefined {
  const text = latin1(prefix);
  const markup = text.replace(/^\xEF\xBB\xBF/, '').trimStart();
  if (/^<(\?xml|!--|!doctype svg|svg)/i.test(markup) && /<svg[\s>]/i.test(markup)) {
    return 'an SVG drawing';
  }
  if (/^<(!doctype html|!--|html|head|body)/i.test(markup)) return 'an HTML page';
  // Text has no control characters but tab, line feed, form feed, carriage return and escape.
  const binary = prefix.some((byte) => byte < 0x20 && ![9, 10, 12, 13, 27].includes(byte));
  return binary || !isUtf8(prefix) ? undefined : 'a text file';
}

function isUtf8(prefix: Uint8Array): boolean {
  try {
    // Streaming, because the prefix may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(prefix, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function image(format: ImageFormat): Sniffed {
  return { kind: 'image', format };
}

function unsupported(looksLike: string | undefined): Sniffed {
  return { kind: 'unsupported', ...(looksLike !== undefined && { looksLike }) };
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
