import sharp from 'sharp';

import { AppError } from '../errors.ts';
import { toStandardColours } from './colours.ts';
import type { FileForm, ResultFormat } from './formats.ts';
import { writeForm } from './result.ts';
import type { EncodedImage, ImageFormat } from './types.ts';
import { untilAborted } from './until-aborted.ts';

export interface RenditionLimits {
  readonly maxBytes: number;
  /** The best first. */
  readonly formats: readonly ImageFormat[];
  /** Longest side, pixels. */
  readonly maxSide?: number;
}

/** A lossy form, and the side that it may have at most as a share of the picture's. */
interface Rung {
  readonly form: FileForm;
  readonly scale: number;
}

const QUALITIES = [92, 85, 75] as const;
const SCALES = [0.75, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05, 0.02] as const;
const SCALED_QUALITY = 80;

/**
 * A picture that fits: itself where it does, else the first that fits of ever smaller lossy files,
 * at full size as long as that goes. Transparency is kept where a format can hold it.
 * @param image Trusted: made here, or taken by the intake.
 * @throws {AppError} `ATTACHMENT_TOO_LARGE` when nothing fits; the reason of the signal as soon as it aborts.
 */
export async function renditionOf(
  image: EncodedImage,
  limits: RenditionLimits,
  { signal }: { readonly signal: AbortSignal },
): Promise<EncodedImage> {
  const side = Math.max(image.width, image.height);
  const maxSide = Math.min(side, limits.maxSide ?? side);
  const isShown = limits.formats.includes(image.format);
  if (isShown && maxSide === side && image.bytes.length <= limits.maxBytes) return image;
  for (const { form, scale } of await ladder(image, limits.formats)) {
    signal.throwIfAborted();
    const longest = Math.max(1, Math.round(maxSide * scale));
    const made = await untilAborted(write(image, form, longest), signal);
    if (made.bytes.length <= limits.maxBytes) return made;
  }
  throw new AppError('ATTACHMENT_TOO_LARGE', 'The picture can’t be made small enough.');
}

async function ladder(
  { bytes }: EncodedImage,
  formats: readonly ImageFormat[],
): Promise<readonly Rung[]> {
  const { hasAlpha } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const format = formOf(formats, hasAlpha && !(await isOpaque(bytes)));
  const full = QUALITIES.map((quality) => ({ form: { format, quality }, scale: 1 }));
  const scaled = SCALES.map((scale) => ({ form: { format, quality: SCALED_QUALITY }, scale }));
  return [...full, ...scaled];
}

async function isOpaque(bytes: Uint8Array): Promise<boolean> {
  return (await sharp(bytes, { limitInputPixels: false }).stats()).isOpaque;
}

/** JPEG is seen everywhere, but for what can be seen through. */
function formOf(formats: readonly ImageFormat[], isTransparent: boolean): ResultFormat {
  const lossy = (['webp', 'jpeg'] as const).filter((format) => formats.includes(format));
  if (isTransparent) return lossy.includes('webp') ? 'webp' : 'png';
  return lossy.includes('jpeg') ? 'jpeg' : (lossy[0] ?? 'png');
}

async function write(image: EncodedImage, form: FileForm, longest: number): Promise<EncodedImage> {
  const picture = sharp(image.bytes, { limitInputPixels: false });
  const standard = toStandardColours(picture.autoOrient(), await picture.metadata());
  const fit = { width: longest, height: longest, fit: 'inside', withoutEnlargement: true } as const;
  const { data, info } = await writeForm(standard.resize(fit), form).toBuffer({
    resolveWithObject: true,
  });
  return { bytes: data, format: form.format, width: info.width, height: info.height };
}
