import { maskRows, type Mask } from './mask.ts';
import { isDeep, openPixels, toPixels, type Pixels } from './pixels.ts';

/**
 * Blurs by a Gaussian of `sigma` pixels what a mask covers, from what it covers alone: nothing of
 * what stays sharp is smeared into it. The rest is of no use.
 */
export async function blurWithin(pixels: Pixels, sigma: number, mask: Mask): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  const max = isDeep(pixels) ? 65_535 : 255;
  const covered = isDeep(pixels)
    ? new Uint16Array(width * height * 4)
    : new Uint8Array(width * height * 4);
  const weightsOf = maskRows(mask, pixels);
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    const weights = weightsOf(y);
    for (let x = 0; x < width; x += 1, from += channels, to += 4) {
      if (!weights) continue;
      covered[to] = data[from] as number;
      covered[to + 1] = data[from + 1] as number;
      covered[to + 2] = data[from + 2] as number;
      const opacity = channels === 4 ? (data[from + 3] as number) : max;
      covered[to + 3] = (weights[x] as number) * opacity + 0.5;
    }
  }
  // Colours are weighed by opacity before they are blurred, which is what a mask is here.
  const sheet = openPixels({ data: covered, width, height, channels: 4 }).blur(sigma);
  const blurred = await toPixels(sheet, isDeep(pixels));
  const result = data.slice();
  for (let from = 0, to = 0; to < result.length; from += 4, to += channels) {
    if (blurred.data[from + 3] === 0) continue;
    result[to] = blurred.data[from] as number;
    result[to + 1] = blurred.data[from + 1] as number;
    result[to + 2] = blurred.data[from + 2] as number;
  }
  return { data: result, width, height, channels };
}
