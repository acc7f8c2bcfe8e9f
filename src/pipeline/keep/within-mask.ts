import { AppError } from '../../errors.ts';
import type { EncodedImage } from '../../image/types.ts';
import type { Call } from '../types.ts';
import { blend } from './blend.ts';
import { crop, readPixels, within, writePixels } from './pixels.ts';
import { fadedInwards, MASK_SIDE } from './soft-mask.ts';

/**
 * The edited picture where the mask is white; elsewhere, to the pixel, the one before. The one fades into the other
 * inside of the mask.
 * @throws {AppError} `NOT_SUPPORTED` where the edited picture is of another size: nothing can then stay as it
 *   was; the reason of the signal.
 */
export async function withinMask(
  before: EncodedImage,
  edited: EncodedImage,
  mask: EncodedImage,
  call: Call,
): Promise<{ readonly image: EncodedImage; readonly outside: number }> {
  if (edited.width !== before.width || edited.height !== before.height) {
    throw new AppError(
      'NOT_SUPPORTED',
      'An edit of the picture’s size or shape can’t be limited to a marked area; ask for it without a mask.',
    );
  }
  const [source, after, soft] = await Promise.all([
    readPixels(before, call),
    readPixels(edited, call),
    fadedInwards(mask, within(before, MASK_SIDE), call),
  ]);
  const { pixels, painted, share } = await blend(
    source.pixels,
    (part) => crop(after.pixels, part),
    soft,
    call,
  );
  const opacity =
    (source.opacity ?? after.opacity) ? mixed(source.opacity, after.opacity, painted) : undefined;
  return { image: await writePixels(pixels, opacity, call), outside: share };
}

function mixed(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  painted: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(painted.length);
  for (let at = 0; at < out.length; at += 1) {
    const old = before?.[at] ?? 255;
    out[at] = Math.round(old + (((after?.[at] ?? 255) - old) * (painted[at] ?? 0)) / 255);
  }
  return out;
}
