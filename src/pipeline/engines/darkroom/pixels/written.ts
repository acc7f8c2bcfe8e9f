import type { EncodedImage } from '../../../../image/types.ts';
import { openImage, toPixels, type Pixels } from './pixels.ts';

const known = new WeakMap<EncodedImage, Pixels>();

/** Keeps what a file was written from as long as the file itself. */
export function rememberWritten(file: EncodedImage, pixels: Pixels): void {
  known.set(file, pixels);
}

/**
 * The pixels that a file was written from; else those that are in it, which are less where it is
 * lossy or was scaled.
 */
export async function writtenFrom(file: EncodedImage): Promise<Pixels> {
  const pixels = known.get(file);
  if (pixels) return pixels;
  const { sharp } = await openImage(file);
  return toPixels(sharp, false);
}
