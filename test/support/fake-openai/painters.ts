import sharp from 'sharp';

import type { EncodedImage } from '../../../src/image/types.ts';

/** A disc, in shares of the picture's sides; it is what the edit was about. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
}

/** Adds a disc: an edit that changes nothing else. */
export async function paintDisc(file: Buffer, { x, y, radius, colour }: Disc): Promise<Buffer> {
  const { width, height } = await sharp(file).metadata();
  const side = Math.min(width, height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="${x * width}" cy="${y * height}" r="${radius * side}" fill="${colour}"/></svg>`;
  return sharp(file)
    .composite([{ input: Buffer.from(svg) }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

export interface Drift {
  /** Pixels to the right and down. */
  readonly x?: number;
  readonly y?: number;
  /** About the middle; 1.02 is 2 % larger. */
  readonly zoom?: number;
  /** What every value is multiplied by, and what is added to it. */
  readonly gain?: number;
  readonly offset?: number;
}

/** Moves, zooms and recolours the whole picture, as diffusion models do unasked; edges are repeated. */
export async function drift(
  file: Buffer,
  { x = 0, y = 0, zoom = 1, gain = 1, offset = 0 }: Drift,
): Promise<Buffer> {
  const { width, height } = await sharp(file).metadata();
  const margin = Math.ceil(0.1 * Math.max(width, height));
  const wide = await sharp(file)
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'copy' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = wide;
  const out = Buffer.alloc(width * height * 3);
  const at = (column: number, row: number, channel: number) =>
    data[(row * info.width + column) * 3 + channel] ?? 0;
  for (let row = 0; row < height; row += 1) {
    const v = (row - y - (height - 1) / 2) / zoom + (height - 1) / 2 + margin;
    const top = Math.floor(v);
    for (let column = 0; column < width; column += 1) {
      const u = (column - x - (width - 1) / 2) / zoom + (width - 1) / 2 + margin;
      const left = Math.floor(u);
      const [a, b] = [u - left, v - top];
      for (let channel = 0; channel < 3; channel += 1) {
        const value =
          (1 - b) * ((1 - a) * at(left, top, channel) + a * at(left + 1, top, channel)) +
          b * ((1 - a) * at(left, top + 1, channel) + a * at(left + 1, top + 1, channel));
        out[(row * width + column) * 3 + channel] = Math.min(
          255,
          Math.max(0, Math.round(value * gain + offset)),
        );
      }
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Peak signal-to-noise ratio, dB, of the pixels that count; both are of one size. */
export async function psnr(
  one: Uint8Array,
  other: Uint8Array,
  counts: (x: number, y: number) => boolean = () => true,
): Promise<number> {
  const read = (file: Uint8Array) =>
    sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const [a, b] = await Promise.all([read(one), read(other)]);
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) {
    throw new Error(`They are ${a.info.width} and ${b.info.width} pixels wide.`);
  }
  let sum = 0;
  let count = 0;
  for (let at = 0; at < a.data.length; at += 3) {
    const x = (at / 3) % a.info.width;
    const y = Math.floor(at / 3 / a.info.width);
    if (!counts(x, y)) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      sum += ((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)) ** 2;
    }
    count += 3;
  }
  return count === 0 || sum === 0 ? Infinity : 10 * Math.log10(255 ** 2 / (sum / count));
}

/** A picture of one colour. */
export async function solid(
  width: number,
  height: number,
  background = '#5080a0',
): Promise<EncodedImage> {
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
  return { bytes, format: 'png', width, height };
}
