import type { Params } from '../phrase.ts';
import type { Painting, Size } from './box.ts';
import { renderGlyphs } from './caption-layout.ts';
import { contrastRatio, LINEAR_OF_BYTE, luminance, type Triple } from './colour.ts';
import { dilate } from './dilate.ts';
import { colourOf } from './named-colours.ts';

/** The letters and, where the style has them, the outline or the box behind them. */
export async function paintLetters(size: Size, params: Params): Promise<Painting> {
  const { box, coverage, fontSize } = await renderGlyphs(params, size);
  const colour = colourOf(String(params['color']));
  const behind = contrastColour(colour);
  const opacity = Number(params['opacity'] ?? 100) / 100;
  const backing = backingOf(String(params['style']), coverage, box, fontSize);
  const rgba = new Uint8Array(box.width * box.height * 4);
  for (let pixel = 0; pixel < coverage.length; pixel += 1) {
    const letter = (coverage[pixel] as number) / 255;
    const under = backing ? (backing[pixel] as number) / 255 : 0;
    const alpha = letter + under * (1 - letter);
    if (alpha === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[pixel * 4 + channel] = Math.round(
        ((colour[channel] as number) * letter +
          (behind[channel] as number) * under * (1 - letter)) /
          alpha,
      );
    }
    rgba[pixel * 4 + 3] = Math.round(alpha * opacity * 255);
  }
  return { box, rgba };
}

/** Of black and white whichever stands out from a colour. */
function contrastColour(colour: Triple): Triple {
  const [red, green, blue] = colour.map((value) => LINEAR_OF_BYTE[value] ?? 0);
  const light = luminance(red ?? 0, green ?? 0, blue ?? 0);
  return contrastRatio(light, 0) >= contrastRatio(light, 1) ? [0, 0, 0] : [255, 255, 255];
}

function backingOf(
  style: string,
  coverage: Uint8Array,
  size: Size,
  fontSize: number,
): Uint8Array | undefined {
  if (style.endsWith('outlined')) {
    return dilate(coverage, size, Math.max(1, Math.round(fontSize * 0.1)));
  }
  if (style === 'boxed') return rectangleAround(coverage, size, Math.round(fontSize * 0.4));
  return undefined;
}

/** Nearly opaque over the smallest rectangle that holds all letters, grown by a margin. */
function rectangleAround(
  coverage: Uint8Array,
  { width, height }: Size,
  margin: number,
): Uint8Array {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, pixel = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, pixel += 1) {
      if ((coverage[pixel] as number) === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const filled = new Uint8Array(coverage.length);
  for (let y = Math.max(0, top - margin); y <= Math.min(height - 1, bottom + margin); y += 1) {
    const row = y * width;
    filled.fill(235, row + Math.max(0, left - margin), row + Math.min(width, right + margin + 1));
  }
  return filled;
}
