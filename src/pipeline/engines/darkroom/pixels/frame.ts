import type { Triple } from './colour.ts';
import type { Box, Size } from './box.ts';
import { isDeep, openPixels, toPixels, type Pixels } from './pixels.ts';

/** Pixels of one colour, as deep as `like`; transparent ones where there is no colour. */
export function plainPixels({ width, height }: Size, like: Pixels, colour?: Triple): Pixels {
  const deep = isDeep(like);
  const channels = colour === undefined ? 4 : like.channels;
  const count = width * height * channels;
  const data = deep ? new Uint16Array(count) : new Uint8Array(count);
  if (colour) {
    const depth = deep ? 257 : 1;
    const pixel = [...colour, 255].slice(0, channels).map((value) => value * depth);
    const row = Array.from({ length: width }, () => pixel).flat();
    for (let at = 0; at < count; at += row.length) data.set(row, at);
  }
  return { data, width, height, channels };
}

/** Copies a picture into a larger one of the same depth. */
export function layInto(
  ground: Pixels,
  pixels: Pixels,
  { left, top }: Omit<Box, keyof Size>,
): void {
  const max = isDeep(pixels) ? 65_535 : 255;
  for (let y = 0; y < pixels.height; y += 1) {
    const from = y * pixels.width * pixels.channels;
    const to = ((top + y) * ground.width + left) * ground.channels;
    if (ground.channels === pixels.channels) {
      ground.data.set(pixels.data.subarray(from, from + pixels.width * pixels.channels), to);
      continue;
    }
    for (let x = 0; x < pixels.width; x += 1) {
      for (let channel = 0; channel < ground.channels; channel += 1) {
        ground.data[to + x * ground.channels + channel] =
          channel < pixels.channels
            ? (pixels.data[from + x * pixels.channels + channel] as number)
            : max;
      }
    }
  }
}

/** How far the blurred copy behind a picture is blurred, as a share of its shorter side. */
const BLUR = 0.045;
/** The copy is blurred at this size, which no one can see; pixels. */
const BLURRED_SIDE = 480;
/** It stands back a little, so that the picture stands out. */
const DIMMED = 0.82;

/** A copy of the picture that fills `size`, blurred and a little darker. */
export async function blurredGround(pixels: Pixels, { width, height }: Size): Promise<Pixels> {
  const deep = isDeep(pixels);
  const scale = Math.min(1, BLURRED_SIDE / Math.max(width, height));
  const small = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const opaque = openPixels(pixels).flatten({ background: '#808080' });
  const filled = await toPixels(opaque.resize({ ...small, fit: 'cover' }), deep);
  const sigma = Math.max(0.5, Math.min(small.width, small.height) * BLUR);
  const blurred = await toPixels(openPixels(filled).blur(sigma).linear(DIMMED), deep);
  return toPixels(
    openPixels(blurred).resize({ width, height, fit: 'fill', kernel: 'cubic' }),
    deep,
  );
}
