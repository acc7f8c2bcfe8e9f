import type { Box } from '../pixels/box.ts';
import type { Photo } from './photo.ts';

/** Sums over every rectangle from the top left corner, of a weight and of its place. */
interface Table {
  readonly width: number;
  readonly height: number;
  readonly weight: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Attention {
  readonly x: number;
  readonly y: number;
  /** How much of all that catches the eye lies in the part. */
  readonly share: number;
}

/**
 * The centre of what catches the eye within parts of a picture: of edges and of colours unlike the
 * mean, the strong ones before all. Takes and gives shares of the picture's sides, 0 to 1.
 */
export function attentionWithin(photo: Photo): (part: Box) => Attention {
  const table = tableOf(photo);
  const stride = table.width + 1;
  const sum = (values: Float64Array, { left, top, width, height }: Box): number => {
    const x1 = Math.round(left * table.width);
    const x2 = Math.round((left + width) * table.width);
    const y1 = Math.round(top * table.height) * stride;
    const y2 = Math.round((top + height) * table.height) * stride;
    const at = (index: number): number => values[index] ?? 0;
    return at(y2 + x2) - at(y2 + x1) - at(y1 + x2) + at(y1 + x1);
  };
  return (part) => {
    const weight = sum(table.weight, part);
    if (weight <= 0) return { x: 0.5, y: 0.5, share: 0 };
    return {
      x: (sum(table.x, part) / weight - part.left) / part.width,
      y: (sum(table.y, part) / weight - part.top) / part.height,
      share: weight / (table.weight.at(-1) ?? weight),
    };
  };
}

function tableOf({ copy, lightness, a, b }: Photo): Table {
  const { width, height } = copy;
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanL, meanA, meanB] = [mean(lightness), mean(a), mean(b)];
  const stride = width + 1;
  const size = stride * (height + 1);
  const weight = new Float64Array(size);
  const sumX = new Float64Array(size);
  const sumY = new Float64Array(size);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const light = lightness[pixel] as number;
      const edge =
        Math.abs((lightness[x + 1 < width ? pixel + 1 : pixel] as number) - light) +
        Math.abs((lightness[y + 1 < height ? pixel + width : pixel] as number) - light);
      const odd = Math.hypot((a[pixel] as number) - meanA, (b[pixel] as number) - meanB);
      const strength = (edge + 0.5 * odd + 0.2 * Math.abs(light - meanL)) ** 2;
      const at = (y + 1) * stride + x + 1;
      const add = (sums: Float64Array, value: number): void => {
        sums[at] =
          value +
          (sums[at - 1] as number) +
          (sums[at - stride] as number) -
          (sums[at - stride - 1] as number);
      };
      add(weight, strength);
      add(sumX, (strength * (x + 0.5)) / width);
      add(sumY, (strength * (y + 0.5)) / height);
    }
  }
  return { width, height, weight, x: sumX, y: sumY };
}

const ALL: Box = { left: 0, top: 0, width: 1, height: 1 };

/** How far a centre of attention lies from the nearest crossing of the thirds, percent of the sides. */
export const fromThirds = ({ x, y }: { readonly x: number; readonly y: number }): number =>
  100 *
  Math.hypot(
    Math.min(Math.abs(x - 1 / 3), Math.abs(x - 2 / 3)),
    Math.min(Math.abs(y - 1 / 3), Math.abs(y - 2 / 3)),
  );

export const thirdsDistance = (photo: Photo): number => fromThirds(attentionWithin(photo)(ALL));
