import type { EncodedImage } from '../../image/types.ts';
import type { Canvas } from '../canvas.ts';
import type { Call } from '../types.ts';
import { IDENTITY, waysToFit, type Mapping } from './mapping.ts';
import { readPixels, shrink, within, writePixels, type Size } from './pixels.ts';
import { placeOf } from './place.ts';
import { resample } from './resample.ts';
import { restore, type Look } from './restore.ts';
import type { Kept, KeepOptions, Movement } from './types.ts';

/** Movements and changes are looked for at this size, longest side in pixels. */
const LOOK_SIDE = 1_024;

/**
 * Brings a picture that was painted anew back to the one before it: to its size, to its place, and to its pixels
 * wherever the edit was not.
 * @param canvas The shape that was asked for; then only the size is mended.
 * @throws The reason of the signal.
 */
export async function keep(
  before: EncodedImage,
  painted: EncodedImage,
  canvas: Canvas | undefined,
  options: KeepOptions,
  call: Call,
): Promise<{ readonly image: EncodedImage; readonly kept: Kept }> {
  if (!options.size || canvas) {
    const size = canvas && options.size ? asLargeAs(before, painted) : painted;
    if (isSame(size, painted)) return { image: painted, kept: {} };
    const { pixels } = await readPixels(painted, call);
    const image = await writePixels(await resample(pixels, size, IDENTITY, call), undefined, call);
    return { image, kept: { resizedFrom: sizeOf(painted) } };
  }
  const [{ pixels: source, opacity }, { pixels: fresh }] = await Promise.all([
    readPixels(before, call),
    readPixels(painted, call),
  ]);
  const look: Look = {
    before: await shrink(source, within(source, LOOK_SIDE), call),
    after: await shrink(fresh, within(fresh, LOOK_SIDE), call),
  };
  const mapping = options.place
    ? await placeOf(look.before, look.after, waysToFit(before, painted), call)
    : IDENTITY;
  const restored = options.pixels ? await restore(source, fresh, look, mapping, call) : undefined;
  const moved = movementOf(mapping, before, painted);
  const kept: Kept = {
    ...(!isSame(before, painted) && { resizedFrom: sizeOf(painted) }),
    ...(moved && { moved }),
    ...(restored && { restored: restored.share }),
  };
  if (!restored && isSame(before, painted) && mapping === IDENTITY) return { image: painted, kept };
  const pixels = restored?.pixels ?? (await resample(fresh, sizeOf(before), mapping, call));
  const image = await writePixels(pixels, opaqueWhere(restored?.painted, opacity), call);
  return { image, kept };
}

/** What the painter painted is opaque; what was put back is as it was. */
function opaqueWhere(
  painted: Uint8Array | undefined,
  opacity: Uint8Array | undefined,
): Uint8Array | undefined {
  if (!painted || !opacity) return undefined;
  const out = Uint8Array.from(opacity);
  for (let at = 0; at < out.length; at += 1) {
    const value = painted[at] ?? 0;
    if (value > (out[at] ?? 0)) out[at] = value;
  }
  return out;
}

/** The shape of one picture at the area of the other. */
function asLargeAs(before: Size, { width, height }: Size): Size {
  const scale = Math.sqrt((before.width * before.height) / (width * height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** How a picture drifted, past how it was fitted into another shape; undefined where it did not. */
function movementOf(mapping: Mapping, before: Size, painted: Size): Movement | undefined {
  if (waysToFit(before, painted).length > 1 || mapping === IDENTITY) return undefined;
  const { x, y } = mapping;
  return {
    x: (x.shift + (x.scale - 1) / 2) * before.width,
    y: (y.shift + (y.scale - 1) / 2) * before.height,
    zoom: (x.scale + y.scale) / 2,
  };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });
const isSame = (one: Size, other: Size): boolean =>
  one.width === other.width && one.height === other.height;
