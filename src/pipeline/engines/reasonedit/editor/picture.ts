import type { Pixels } from '../resample.ts';

/** Width and height of a token of the transformer, in pixels. */
const TOKEN_PIXELS = 16;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size in which a picture is edited: about `level` squared pixels in its own ratio, in whole tokens.
 * @param level 512, 768 or 1024.
 */
export function editSize({ width, height }: Size, level: number): Size {
  const ratio = width / height;
  const long = Math.ceil(Math.sqrt(level * level * Math.max(ratio, 1 / ratio)));
  const whole = (pixels: number): number =>
    Math.max(Math.floor(pixels / TOKEN_PIXELS), 1) * TOKEN_PIXELS;
  return width > height
    ? { width: whole(long), height: whole(Math.ceil(long / ratio)) }
    : { width: whole(Math.ceil(long * ratio)), height: whole(long) };
}

/** Pixels of 0 to 255 as planes [3, height, width] of -1 to 1. */
export function toPlanes({ data, width, height }: Pixels): Float32Array {
  const area = width * height;
  const planes = new Float32Array(3 * area);
  for (let pixel = 0, at = 0; pixel < area; pixel++) {
    planes[pixel] = (data[at++] as number) / 127.5 - 1;
    planes[area + pixel] = (data[at++] as number) / 127.5 - 1;
    planes[2 * area + pixel] = (data[at++] as number) / 127.5 - 1;
  }
  return planes;
}

/** The inverse, rounded and bounded to bytes. */
export function fromPlanes(planes: Float32Array, { width, height }: Size): Pixels<Uint8Array> {
  const area = width * height;
  const data = new Uint8ClampedArray(3 * area);
  for (let pixel = 0, at = 0; pixel < area; pixel++) {
    data[at++] = ((planes[pixel] as number) + 1) * 127.5;
    data[at++] = ((planes[area + pixel] as number) + 1) * 127.5;
    data[at++] = ((planes[2 * area + pixel] as number) + 1) * 127.5;
  }
  return { data: new Uint8Array(data.buffer), width, height };
}
