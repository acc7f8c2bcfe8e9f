import type { Size } from '../pixels/box.ts';

/** A picture as it is looked at: 8-bit sRGB, interleaved, row by row; at most 1024 on the long side. */
export interface Copy extends Size {
  readonly rgb: Uint8Array;
}

/** The size that fits a square of `side` pixels; never larger than the picture, never less than 1 pixel. */
export function sizeWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** A smaller copy; each pixel is the mean of those that it stands for. */
export function shrink(copy: Copy, size: Size): Copy {
  if (size.width === copy.width && size.height === copy.height) return copy;
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let y = 0, to = 0; y < size.height; y += 1) {
    const [top, bottom] = span(y, size.height, copy.height);
    for (let x = 0; x < size.width; x += 1, to += 3) {
      const [left, right] = span(x, size.width, copy.width);
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        const end = (row * copy.width + right) * 3;
        for (let at = (row * copy.width + left) * 3; at < end; at += 3) {
          red += copy.rgb[at] as number;
          green += copy.rgb[at + 1] as number;
          blue += copy.rgb[at + 2] as number;
        }
      }
      const count = (bottom - top) * (right - left);
      rgb[to] = red / count + 0.5;
      rgb[to + 1] = green / count + 0.5;
      rgb[to + 2] = blue / count + 0.5;
    }
  }
  return { ...size, rgb };
}

function span(index: number, parts: number, length: number): [number, number] {
  const from = Math.floor((index * length) / parts);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / parts))];
}
