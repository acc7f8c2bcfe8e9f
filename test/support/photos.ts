import sharp, { type Sharp } from 'sharp';

import type { EncodedImage, ImageFormat } from '../../src/image/types.ts';

/** Linear gains and offsets that a made photo is taken with, sRGB 0 to 255. */
export interface Conditions {
  /** Exposure, stops. */
  readonly stops?: number;
  /** 1 is as drawn, less is flatter. */
  readonly contrast?: number;
  /** Multiplies red, green and blue. */
  readonly tint?: readonly [number, number, number];
  readonly saturation?: number;
  readonly width?: number;
  readonly height?: number;
  readonly format?: Extract<ImageFormat, 'jpeg' | 'png'>;
}

/**
 * A landscape with a sky, a sun, hills, a red house with a white wall, grey rocks and grass, with
 * grain: every tone and colour that a photo has, and greys to see a cast by. Deterministic.
 */
export async function makePhoto(conditions: Conditions = {}): Promise<EncodedImage> {
  const { width = 480, height = 320, format = 'png' } = conditions;
  const { stops = 0, contrast = 1, tint = [1, 1, 1], saturation = 1 } = conditions;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" width="${width}" height="${height}" preserveAspectRatio="none">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#5b86b8"/><stop offset="1" stop-color="#cfd3d0"/></linearGradient></defs>
    <rect width="480" height="170" fill="url(#sky)"/>
    <circle cx="390" cy="60" r="22" fill="#f2ecd6"/>
    <path d="M0 150 L90 90 L170 140 L260 80 L360 150 L480 110 V220 H0 Z" fill="#6f7a7c"/>
    <rect y="170" width="480" height="150" fill="#667a3d"/>
    <path d="M0 250 Q240 200 480 260 V320 H0 Z" fill="#3f4f26"/>
    <rect x="150" y="150" width="90" height="70" fill="#b5b3ad"/>
    <path d="M140 152 L195 110 L250 152 Z" fill="#a33a2c"/>
    <rect x="186" y="180" width="22" height="40" fill="#23201d"/>
    <ellipse cx="330" cy="235" rx="50" ry="22" fill="#828282"/>
    <ellipse cx="400" cy="262" rx="34" ry="16" fill="#5a5a5a"/>
    <circle cx="70" cy="230" r="26" fill="#d8b13c"/>
  </svg>`;
  const { data, info } = await sharp(Buffer.from(drawing))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let state = 12_345;
  const gain = 2 ** stops;
  for (let at = 0; at < data.length; at += 3) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const grain = ((state >>> 8) / 2 ** 24 - 0.5) * 10;
    const rgb = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const luma = 0.2126 * (rgb[0] ?? 0) + 0.7152 * (rgb[1] ?? 0) + 0.0722 * (rgb[2] ?? 0);
    for (let channel = 0; channel < 3; channel += 1) {
      const coloured = luma + saturation * ((rgb[channel] ?? 0) - luma);
      const linear = Math.max(0, (coloured + grain) / 255) ** 2.2 * gain * (tint[channel] ?? 1);
      const value = 255 * Math.min(1, linear) ** (1 / 2.2);
      data[at + channel] = Math.min(255, Math.max(0, 118 + contrast * (value - 118)));
    }
  }
  return encoded(
    sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }),
    format,
  );
}

export async function encoded(
  pipeline: Sharp,
  format: 'jpeg' | 'png' | 'tiff' | 'webp',
): Promise<EncodedImage> {
  const { data, info } = await pipeline
    .toFormat(format, format === 'jpeg' ? { quality: 92 } : {})
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.height };
}
