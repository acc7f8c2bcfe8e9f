import sharp from 'sharp';

import { photoOfPixels, type Photo } from '../../src/pipeline/engines/darkroom/measure/photo.ts';
import type { Pixels } from '../../src/pipeline/engines/darkroom/pixels/pixels.ts';

/** A call that nobody stops. */
export const CALL = { signal: new AbortController().signal };

/** Pixels of a drawing, 8-bit RGB; `shapes` are SVG elements over a white ground. */
export async function drawn(width: number, height: number, shapes: string): Promise<Pixels> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${shapes}</svg>`;
  const data = await sharp(Buffer.from(drawing)).removeAlpha().raw().toBuffer();
  return { data: new Uint8Array(data), width, height, channels: 3 };
}

/** Pixels from a function of the place, values 0 to 1, in any of the forms that pixels have. */
export function painted(
  size: { width: number; height: number; channels?: 3 | 4; deep?: boolean },
  colour: (x: number, y: number) => readonly number[],
): Pixels {
  const { width, height, channels = 3, deep = false } = size;
  const max = deep ? 65_535 : 255;
  const data = deep
    ? new Uint16Array(width * height * channels)
    : new Uint8Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += channels) {
      const values = colour(x, y);
      for (let channel = 0; channel < channels; channel += 1) {
        data[at + channel] = Math.round((values[channel] ?? 1) * max);
      }
    }
  }
  return { data, width, height, channels };
}

/** The same with noise of a normal distribution: `light` in all channels alike, `colour` in each; sRGB bytes. */
export function noisy(pixels: Pixels, light: number, colour = 0): Pixels {
  const scale = pixels.data instanceof Uint16Array ? 257 : 1;
  const data = pixels.data.slice();
  const normal = normals();
  for (let at = 0; at < data.length; at += pixels.channels) {
    const common = normal() * light;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = (data[at + channel] as number) + scale * (common + normal() * colour);
      data[at + channel] = Math.round(Math.min(255 * scale, Math.max(0, value)));
    }
  }
  return { ...pixels, data };
}

/** Numbers of a normal distribution with mean 0 and deviation 1, always the same. */
export function normals(seed = 7): () => number {
  let state = seed;
  const even = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 8) + 0.5) / 2 ** 24;
  };
  return () => Math.sqrt(-2 * Math.log(even())) * Math.cos(2 * Math.PI * even());
}

/** Turns a drawing about its middle, clockwise. */
export const turned = (degrees: number, width: number, height: number, shapes: string): string =>
  `<g transform="rotate(${degrees} ${width / 2} ${height / 2})">${shapes}</g>`;

export const measured = (pixels: Pixels): Promise<Photo> => photoOfPixels(pixels);
