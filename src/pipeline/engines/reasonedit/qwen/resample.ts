import type { Picture, Size } from './picture.ts';

/** Pixels on each side that a cubic reaches over. */
const REACH = 2;

/**
 * Scales a picture with Catmull-Rom cubics that widen as it shrinks, rows first and rounded to bytes between the two passes:
 * within a level of what Pillow's bicubic gives, which the model was trained on. (libvips shrinks in other steps.)
 */
export function resample(picture: Picture, { width, height }: Size): Picture {
  const across = width === picture.width ? picture : scaleRows(picture, width);
  return height === across.height ? across : scaleColumns(across, height);
}

interface Taps {
  /** The first source pixel of each result. */
  readonly first: Int32Array;
  /** How many there are. */
  readonly count: Int32Array;
  /** Their weights, `stride` places for each result. */
  readonly weights: Float64Array;
  readonly stride: number;
}

function tapsFor(from: number, to: number): Taps {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const reach = REACH * stretch;
  const stride = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Float64Array(to * stride);
  for (let place = 0; place < to; place++) {
    const centre = (place + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - reach + 0.5), 0);
    const end = Math.min(Math.trunc(centre + reach + 0.5), from);
    first[place] = start;
    count[place] = end - start;
    let sum = 0;
    for (let tap = start; tap < end; tap++) sum += cubic((tap - centre + 0.5) / stretch);
    for (let tap = start; tap < end; tap++) {
      weights[place * stride + tap - start] = cubic((tap - centre + 0.5) / stretch) / sum;
    }
  }
  return { first, count, weights, stride };
}

/** The cubic of Keys with a = −0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function scaleRows({ width: from, height, data }: Picture, width: number): Picture {
  const { first, count, weights, stride } = tapsFor(from, width);
  const result = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const start = (y * from + (first[x] ?? 0)) * 3;
      const taps = count[x] ?? 0;
      for (let tap = 0; tap < taps; tap++) {
        const weight = weights[x * stride + tap] ?? 0;
        const at = start + tap * 3;
        red += weight * (data[at] ?? 0);
        green += weight * (data[at + 1] ?? 0);
        blue += weight * (data[at + 2] ?? 0);
      }
      const at = (y * width + x) * 3;
      result[at] = Math.floor(red + 0.5);
      result[at + 1] = Math.floor(green + 0.5);
      result[at + 2] = Math.floor(blue + 0.5);
    }
  }
  return { width, height, data: bytes(result) };
}

function scaleColumns({ width, height: from, data }: Picture, height: number): Picture {
  const { first, count, weights, stride } = tapsFor(from, height);
  const row = width * 3;
  const result = new Uint8ClampedArray(row * height);
  const sums = new Float64Array(row);
  for (let y = 0; y < height; y++) {
    sums.fill(0.5);
    const taps = count[y] ?? 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[y * stride + tap] ?? 0;
      const start = ((first[y] ?? 0) + tap) * row;
      for (let x = 0; x < row; x++) sums[x] = (sums[x] ?? 0) + weight * (data[start + x] ?? 0);
    }
    for (let x = 0; x < row; x++) result[y * row + x] = Math.floor(sums[x] ?? 0);
  }
  return { width, height, data: bytes(result) };
}

const bytes = ({ buffer }: Uint8ClampedArray<ArrayBuffer>): Uint8Array => new Uint8Array(buffer);
