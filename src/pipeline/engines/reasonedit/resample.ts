/** A picture as rows of pixels, red, green and blue one after the other. */
export interface Pixels<Data extends Float32Array | Uint8Array = Float32Array | Uint8Array> {
  readonly data: Data;
  readonly width: number;
  readonly height: number;
}

export interface Filter {
  /** Beyond this distance, in pixels of the coarser grid, it is zero. */
  readonly reach: number;
  readonly weigh: (distance: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Filters as PIL and PyTorch (with antialias) have them. */
export const FILTERS = {
  linear: { reach: 1, weigh: (x) => 1 - x },
  /** Keys' cubic with a = -0.5. */
  cubic: {
    reach: 2,
    weigh: (x) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2),
  },
  lanczos: { reach: 3, weigh: (x) => sinc(x) * sinc(x / 3) },
} as const satisfies Record<string, Filter>;

const CHANNELS = 3;

/** Makes a picture smaller or larger; each number of the result weighs those around its place. Floats stay exact. */
export function resample(
  pixels: Pixels,
  width: number,
  height: number,
  filter: Filter,
): Pixels<Float32Array> {
  const across = resampleRows(pixels, width, filter, Float32Array);
  return resampleColumns(across, height, filter, Float32Array);
}

/** The same for bytes, rounded and bounded after each of both passes, as PIL does. */
export function resampleBytes(
  pixels: Pixels<Uint8Array>,
  width: number,
  height: number,
  filter: Filter,
): Pixels<Uint8Array> {
  const across = resampleRows(pixels, width, filter, Uint8ClampedArray);
  const { data } = resampleColumns(across, height, filter, Uint8ClampedArray);
  return { data: new Uint8Array(data.buffer), width, height };
}

type Numbers = Float32Array | Uint8Array | Uint8ClampedArray;
interface Grid<Data extends Numbers> {
  readonly data: Data;
  readonly width: number;
  readonly height: number;
}

function resampleRows<Data extends Numbers>(
  { data, width, height }: Grid<Numbers>,
  to: number,
  filter: Filter,
  Store: new (length: number) => Data,
): Grid<Data> {
  const result = new Store(to * height * CHANNELS);
  const taps = findTaps(width, to, filter);
  for (let column = 0; column < to; column++) {
    const { first, weights } = taps[column] as Taps;
    for (let row = 0; row < height; row++) {
      let from = (row * width + first) * CHANNELS;
      let [red, green, blue] = [0, 0, 0];
      for (let tap = 0; tap < weights.length; tap++, from += CHANNELS) {
        const weight = weights[tap] as number;
        red += weight * (data[from] as number);
        green += weight * (data[from + 1] as number);
        blue += weight * (data[from + 2] as number);
      }
      const at = (row * to + column) * CHANNELS;
      result[at] = red;
      result[at + 1] = green;
      result[at + 2] = blue;
    }
  }
  return { data: result, width: to, height };
}

function resampleColumns<Data extends Numbers>(
  { data, width, height }: Grid<Numbers>,
  to: number,
  filter: Filter,
  Store: new (length: number) => Data,
): Grid<Data> {
  const stride = width * CHANNELS;
  const result = new Store(to * stride);
  const sums = new Float64Array(stride);
  findTaps(height, to, filter).forEach(({ first, weights }, row) => {
    sums.fill(0);
    weights.forEach((weight, tap) => {
      const from = (first + tap) * stride;
      for (let index = 0; index < stride; index++) {
        sums[index] = (sums[index] as number) + weight * (data[from + index] as number);
      }
    });
    result.set(sums, row * stride);
  });
  return { data: result, width, height: to };
}

/** What one place of the result is made of: `weights` of the places from `first` on. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

function findTaps(from: number, to: number, { reach, weigh }: Filter): Taps[] {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(Math.floor(centre - reach * stretch + 0.5), 0);
    const end = Math.min(Math.floor(centre + reach * stretch + 0.5), from);
    const weights = Float64Array.from({ length: end - first }, (__, tap) => {
      const distance = Math.abs((first + tap + 0.5 - centre) / stretch);
      return distance < reach ? weigh(distance) : 0;
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
