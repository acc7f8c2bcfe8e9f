import sharp from 'sharp';

import type { EncodedImage } from '../../src/image/types.ts';
import { encoded } from './photos.ts';

export interface Scene {
  readonly width?: number;
  readonly height?: number;
  readonly format?: 'jpeg' | 'png';
}

/** Where the orange ball of `makeBall` lies, in shares of the picture's width and height. */
export const BALL = { x: 0.5, y: 0.55, radius: 0.22 } as const;

/**
 * An orange ball, evenly lit but for a stripe across it, before a greenish backdrop full of small
 * detail: what anybody would call a subject and its background. Deterministic.
 */
export function makeBall({ width = 480, height = 320, format = 'png' }: Scene = {}) {
  const leaves = Array.from({ length: 700 }, (_, index) => {
    const x = (index * 97) % 480;
    const y = (index * 61) % 320;
    const green = 90 + ((index * 37) % 70);
    return `<rect x="${x}" y="${y}" width="7" height="5" fill="rgb(60,${green},80)"/>`;
  }).join('');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" width="${width}" height="${height}" preserveAspectRatio="none">
    <rect width="480" height="320" fill="#486b58"/>${leaves}
    <circle cx="${480 * BALL.x}" cy="${320 * BALL.y}" r="${320 * BALL.radius * 1.5}" fill="#e8762c"/>
    <rect x="200" y="170" width="80" height="12" fill="#b3471a"/>
  </svg>`;
  return encoded(sharp(Buffer.from(drawing)).removeAlpha(), format);
}

/** Colours of a picture by place: 4 values from 0 to 255, the last of them opacity. */
export async function colourOf(
  image: EncodedImage,
): Promise<(x: number, y: number) => readonly number[]> {
  const { data, info } = await sharp(image.bytes)
    .ensureAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return (x, y) => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
}
