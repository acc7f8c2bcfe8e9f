import type { Size } from './box.ts';

/**
 * How much each place of a picture belongs to something: 0 to 255, row by row, at any size; it is
 * scaled to the picture it is laid over.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly weights: Uint8Array;
}

/** Fills a mask from a function of the place; x and y from 0 (left, top) to 1, the result 0 to 1. */
export function drawMask({ width, height }: Size, weight: (x: number, y: number) => number): Mask {
  const weights = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      weights[at] = Math.round(255 * weight((x + 0.5) / width, (y + 0.5) / height));
    }
  }
  return { width, height, weights };
}

export const invertMask = ({ width, height, weights }: Mask): Mask => ({
  width,
  height,
  weights: weights.map((weight) => 255 - weight),
});

/** Share of the picture that belongs to the mask at least by half, 0 to 1. */
export function shareOf({ weights }: Mask): number {
  let inside = 0;
  for (const weight of weights) if (weight >= 128) inside += 1;
  return inside / weights.length;
}

/** Softens the edge of a mask by a box blur of `radius` pixels in both directions. */
export function feather(mask: Mask, radius: number): Mask {
  const { width, height } = mask;
  if (radius < 1) return mask;
  const across = new Uint8Array(mask.weights.length);
  blurLines(mask.weights, across, { radius, step: 1, length: width, stride: width, count: height });
  const weights = new Uint8Array(mask.weights.length);
  blurLines(across, weights, { radius, step: width, length: height, stride: 1, count: width });
  return { width, height, weights };
}

interface Lines {
  readonly radius: number;
  readonly step: number;
  readonly length: number;
  readonly stride: number;
  readonly count: number;
}

/** A running mean along lines of `length` values `step` apart; edges repeat their last value. */
function blurLines(from: Uint8Array, to: Uint8Array, lines: Lines): void {
  const { radius, step, length, stride, count } = lines;
  const window = 2 * radius + 1;
  for (let line = 0; line < count; line += 1) {
    const start = line * stride;
    const at = (index: number): number =>
      from[start + Math.min(length - 1, Math.max(0, index)) * step] as number;
    let sum = 0;
    for (let index = -radius; index <= radius; index += 1) sum += at(index);
    for (let index = 0; index < length; index += 1) {
      to[start + index * step] = (sum + window / 2) / window;
      sum += at(index + radius + 1) - at(index - radius);
    }
  }
}

/**
 * Reads a mask at the size of a picture, bilinearly and a row at a time. The row that it returns,
 * of values from 0 to 1, is used again for the next; undefined stands for a row of zeros.
 */
export function maskRows(
  mask: Mask,
  { width, height }: Size,
): (y: number) => Float32Array | undefined {
  const columns = new Uint32Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x += 1) {
    const position = Math.min(mask.width - 1, Math.max(0, ((x + 0.5) * mask.width) / width - 0.5));
    columns[x] = position;
    shares[x] = position - Math.floor(position);
  }
  const mixed = new Float32Array(mask.width + 1);
  const row = new Float32Array(width);
  return (y) => {
    const position = Math.min(
      mask.height - 1,
      Math.max(0, ((y + 0.5) * mask.height) / height - 0.5),
    );
    const above = Math.floor(position);
    const share = position - above;
    const upper = above * mask.width;
    const lower = Math.min(mask.height - 1, above + 1) * mask.width;
    let highest = 0;
    for (let x = 0; x < mask.width; x += 1) {
      const top = mask.weights[upper + x] as number;
      const value = (top + share * ((mask.weights[lower + x] as number) - top)) / 255;
      mixed[x] = value;
      if (value > highest) highest = value;
    }
    if (highest === 0) return undefined;
    mixed[mask.width] = mixed[mask.width - 1] as number;
    for (let x = 0; x < width; x += 1) {
      const column = columns[x] as number;
      const left = mixed[column] as number;
      row[x] = left + (shares[x] as number) * ((mixed[column + 1] as number) - left);
    }
    return row;
  };
}

/** The weight, 0 to 255, that a mask gives to the middle of each pixel of a picture of this size. */
export function weightsAt(mask: Mask, { width, height }: Size): Uint8Array {
  if (mask.width === width && mask.height === height) return mask.weights;
  const weights = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x += 1, at += 1) {
      weights[at] = mask.weights[row + Math.floor(((x + 0.5) * mask.width) / width)] as number;
    }
  }
  return weights;
}
