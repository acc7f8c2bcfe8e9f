import sharp from 'sharp';

import type { Params } from '../phrase.ts';
import type { Box, Size } from './box.ts';
import { BOLD_FONT, renderGlyphs, textMarkup } from './caption-layout.ts';

/** Watermarks lie at one of a caption's places, once across the picture, or again and again. */
export const SPREADS = ['across', 'tiled'] as const;

/** Degrees by which a repeated watermark rises. */
const SLOPE = 28;

/** A watermark's letters as coverage, 0 to 255, one byte a pixel, over a box of the picture. */
export async function renderWatermark(
  params: Params,
  size: Size,
): Promise<{ box: Box; coverage: Uint8Array }> {
  const place = String(params['place']);
  if (place !== 'across' && place !== 'tiled') {
    return renderGlyphs({ ...params, style: 'plain' }, size);
  }
  const coverage = new Uint8Array(size.width * size.height);
  const scale = Number(params['scale']) / 100;
  if (place === 'across') {
    const slope = (Math.atan2(size.height, size.width) * 180) / Math.PI;
    const length = Math.hypot(size.width, size.height) * 0.62 * Math.min(1.4, scale);
    const stamp = await turned(String(params['text']), slope, { length });
    layOnce(coverage, size, stamp, {
      left: Math.round((size.width - stamp.width) / 2),
      top: Math.round((size.height - stamp.height) / 2),
    });
  } else {
    const fontSize = Math.max(7, Math.min(size.width, size.height) * 0.05 * scale);
    const stamp = await turned(String(params['text']), SLOPE, { fontSize });
    const across = stamp.width + Math.round(fontSize * 1.5);
    const down = stamp.height + Math.round(fontSize * 0.8);
    for (let row = 0, top = -Math.round(down / 3); top < size.height; row += 1, top += down) {
      const shift = row % 2 === 0 ? 0 : Math.round(across / 2);
      for (let left = -shift - Math.round(across / 4); left < size.width; left += across) {
        layOnce(coverage, size, stamp, { left, top });
      }
    }
  }
  return { box: { left: 0, top: 0, ...size }, coverage };
}

interface Stamp extends Size {
  readonly coverage: Uint8Array;
}

/** A line of text, of a font size or of a length in pixels, rising by some degrees. */
async function turned(
  text: string,
  degrees: number,
  wanted: { readonly length: number } | { readonly fontSize: number },
): Promise<Stamp> {
  const line = (fontSize: number) =>
    sharp({
      text: {
        text: textMarkup(text.replaceAll('\n', ' '), fontSize),
        font: BOLD_FONT.name,
        fontfile: BOLD_FONT.file,
        dpi: 72,
        rgba: true,
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
  let drawn = await line('fontSize' in wanted ? wanted.fontSize : 40);
  if ('length' in wanted) {
    drawn = await line(Math.max(6, (40 * wanted.length) / Math.max(1, drawn.info.width)));
  }
  const { data, info } = await sharp(drawn.data)
    .rotate(-degrees, { background: '#00000000' })
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { coverage: data, width: info.width, height: info.height };
}

function layOnce(
  coverage: Uint8Array,
  size: Size,
  stamp: Stamp,
  { left, top }: { readonly left: number; readonly top: number },
): void {
  for (let y = Math.max(0, -top); y < stamp.height && top + y < size.height; y += 1) {
    for (let x = Math.max(0, -left); x < stamp.width && left + x < size.width; x += 1) {
      const at = (top + y) * size.width + left + x;
      coverage[at] = Math.max(
        coverage[at] as number,
        stamp.coverage[y * stamp.width + x] as number,
      );
    }
  }
}
