import { createRequire } from 'node:module';

import sharp from 'sharp';

import type { Params } from '../phrase.ts';
import type { Box, Size } from './box.ts';

export const CAPTION_PLACES = [
  'top',
  'bottom',
  'center',
  'top left',
  'top right',
  'bottom left',
  'bottom right',
  'lower third',
  'upper third',
] as const;

export type CaptionPlace = (typeof CAPTION_PLACES)[number];

/** A font that comes with the project, so that text looks the same on a machine without fonts. */
const fontFile = (name: string): string =>
  createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
export const BOLD_FONT = { name: 'DejaVu Sans Bold', file: fontFile('DejaVuSans-Bold') };
const CONDENSED = {
  name: 'DejaVu Sans Condensed Bold',
  file: fontFile('DejaVuSansCondensed-Bold'),
};

/** Height of a line as a share of its font's size. */
const LINE_HEIGHT = 1.35;
/** Advance of a letter of the bold font as a share of its size, on the wide side. */
const LETTER_WIDTH = { narrow: 0.45, lower: 0.72, upper: 0.82, wide: 1.1 } as const;
const MARGIN = 0.04;
/** Letters below this size can't be read; pixels. */
export const SMALLEST_FONT = 9;
/** The text may take this much of the picture's height. */
const MAX_HEIGHT = 0.45;

/** Where the middle of a text lies that is at no edge, as a share of the height. */
const MIDDLES: Readonly<Record<string, number>> = { 'upper third': 0.25, 'lower third': 0.75 };

/** The size of letters that is usual on a picture, pixels. */
export const usualFontSize = ({ width, height }: Size): number =>
  Math.max(SMALLEST_FONT, Math.min(width, height) * 0.075);

/** Where the text of a caption may be: a box that holds all its lines, in pixels of `size`. */
export function captionBox(params: Params, size: Size): Box {
  const fontSize = captionFontSize(params, size);
  const maxWidth = Math.floor(size.width * (1 - 2 * MARGIN));
  const lines = linesOf(String(params['text']), fontSize, maxWidth);
  const pad = Math.ceil(fontSize * 0.5);
  const height = Math.min(size.height, Math.ceil(lines * fontSize * LINE_HEIGHT) + 2 * pad);
  const margin = Math.round(Math.min(size.width, size.height) * MARGIN);
  const place = String(params['place']);
  const top = place.startsWith('top')
    ? Math.max(0, margin - pad)
    : place.startsWith('bottom')
      ? Math.min(size.height, size.height - margin + pad) - height
      : Math.round(size.height * (MIDDLES[place] ?? 0.5) - height / 2);
  return {
    left: 0,
    top: Math.max(0, Math.min(size.height - height, top)),
    width: size.width,
    height,
  };
}

/** Pixels. `scale` percent of the default, and smaller where the text would not fit. */
export function captionFontSize(params: Params, size: Size): number {
  const text = String(params['text']);
  const wanted = usualFontSize(size) * (Number(params['scale']) / 100);
  const maxWidth = size.width * (1 - 2 * MARGIN);
  let fontSize = Math.max(4, wanted);
  while (
    fontSize > 4 &&
    linesOf(text, fontSize, maxWidth) * fontSize * LINE_HEIGHT > size.height * MAX_HEIGHT
  ) {
    fontSize *= 0.92;
  }
  return fontSize;
}

/** The glyphs of a caption as coverage, 0 to 255, one byte a pixel, over the whole of its box. */
export async function renderGlyphs(
  params: Params,
  size: Size,
): Promise<{ box: Box; coverage: Uint8Array; fontSize: number }> {
  const box = captionBox(params, size);
  const fontSize = captionFontSize(params, size);
  const margin = Math.round(Math.min(size.width, size.height) * MARGIN);
  const place = String(params['place']);
  const font = String(params['style']).startsWith('bold') ? CONDENSED : BOLD_FONT;
  const align = place.endsWith('left') ? 'left' : place.endsWith('right') ? 'right' : 'center';
  const text = await sharp({
    text: {
      text: textMarkup(String(params['text']), fontSize),
      font: font.name,
      fontfile: font.file,
      width: Math.max(1, Math.floor(size.width * (1 - 2 * MARGIN))),
      align,
      wrap: 'word-char',
      dpi: 72,
      rgba: true,
    },
  })
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const coverage = new Uint8Array(box.width * box.height);
  const { width, height } = text.info;
  const left =
    align === 'left'
      ? margin
      : align === 'right'
        ? box.width - margin - width
        : Math.round((box.width - width) / 2);
  const pad = Math.ceil(fontSize * 0.5);
  // Fewer lines than there is room for lie at the edge that the text belongs to.
  const top = place.startsWith('top')
    ? Math.min(pad, box.height - height)
    : place.startsWith('bottom')
      ? Math.max(0, box.height - height - pad)
      : Math.round((box.height - height) / 2);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const toX = left + x;
      const toY = top + y;
      if (toX < 0 || toY < 0 || toX >= box.width || toY >= box.height) continue;
      coverage[toY * box.width + toX] = text.data[y * width + x] ?? 0;
    }
  }
  return { box, coverage, fontSize };
}

/** How many lines a text takes, or more; `maxWidth` and `fontSize` in pixels. */
export function linesOf(text: string, fontSize: number, maxWidth: number): number {
  const most = maxWidth / fontSize;
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(' ')) {
      const width = widthOf(word);
      if (used > 0 && used + LETTER_WIDTH.narrow + width > most) {
        lines += 1;
        used = 0;
      }
      lines += Math.max(0, Math.ceil(width / most) - 1);
      used += (used > 0 ? LETTER_WIDTH.narrow : 0) + width;
    }
  }
  return lines;
}

/** As a share of the font's size. */
function widthOf(word: string): number {
  let width = 0;
  for (const letter of word) {
    if (/[ .,:;!'|il1I()[\]]/.test(letter)) width += LETTER_WIDTH.narrow;
    else if (/[\p{Lu}@%&mw]/u.test(letter)) width += LETTER_WIDTH.upper;
    else if (/[\u1100-\uffff]|\p{Extended_Pictographic}/u.test(letter)) width += LETTER_WIDTH.wide;
    else width += LETTER_WIDTH.lower;
  }
  return width;
}

/** A text as Pango's markup for letters of `fontSize` pixels. */
export function textMarkup(text: string, fontSize: number): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<span size="${Math.round(fontSize * 1024)}">${escaped}</span>`;
}
