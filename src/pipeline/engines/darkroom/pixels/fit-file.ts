import { DEFAULT_QUALITY, type FileForm, type ResultFormat } from '../../../../image/formats.ts';
import type { EncodedImage } from '../../../../image/types.ts';
import type { Call } from '../../../types.ts';
import { encodePixels } from './pixels.ts';
import { writtenFrom } from './written.ts';

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Qualities worth trying, ascending; below the first, fewer pixels look better than a worse quality. */
const QUALITIES: Readonly<Record<ResultFormat, readonly number[]>> = {
  jpeg: range(45, 98),
  webp: range(40, 98),
  avif: range(30, 90),
  // Fewer colors, in steps: each try takes long, and a few more or less make no difference.
  png: [25, 50, 75, 99],
  gif: [25, 50, 75, 100],
  tiff: [100],
};
/** What a picture is written at that has to become smaller anyway. */
const QUALITY_WHEN_SCALED: Readonly<Record<ResultFormat, number>> = {
  jpeg: 70,
  webp: 65,
  avif: 45,
  png: 99,
  gif: 100,
  tiff: DEFAULT_QUALITY.tiff,
};
/** Other steps may be corrected at the same time, which changes the picture a little. */
const MARGIN = 0.98;
/** No picture is made smaller than this, pixels on its longest side. */
const LEAST_SIDE = 16;

/**
 * How a finished file is to be written again so that it has at most `maxBytes`: at the best quality
 * that does, at full size; or smaller, where no sensible quality does. Found by encoding. Undefined
 * when nothing is left to try.
 */
export async function fitFile(
  file: EncodedImage,
  form: Required<FileForm>,
  maxBytes: number,
  call: Call,
): Promise<Required<FileForm> | undefined> {
  const pixels = await writtenFrom(file);
  /** What is known of the picture may be no more than the file, which was scaled already. */
  const known = pixels.width === file.width ? form.scale : 100;
  const { format } = form;
  const fits = async ({ quality, scale }: { quality: number; scale: number }) => {
    call.signal.throwIfAborted();
    const tried = await encodePixels(pixels, { format, quality, scale: (100 * scale) / known });
    return tried.bytes.length <= maxBytes * MARGIN;
  };

  const { scale } = form;
  const lower = QUALITIES[format].filter((quality) => quality < form.quality);
  const best = await lastThat(lower, (quality) => fits({ quality, scale }));
  if (best !== undefined) return { format, quality: best, scale };

  const quality = Math.min(form.quality, QUALITY_WHEN_SCALED[format]);
  const least = Math.ceil((1000 * LEAST_SIDE) / Math.max(pixels.width, pixels.height));
  const smaller = range(least, Math.ceil(10 * scale) - 1).map((tenths) => tenths / 10);
  const largest = await lastThat(smaller, (tried) => fits({ quality, scale: tried }));
  const next = largest ?? smaller[0];
  return next === undefined ? undefined : { format, quality, scale: next };
}

/** The last of ascending values that passes, given that all before it pass; by bisection. */
async function lastThat(
  values: readonly number[],
  passes: (value: number) => Promise<boolean>,
): Promise<number | undefined> {
  let low = -1;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await passes(values[middle] as number)) low = middle;
    else high = middle;
  }
  return values[low];
}
