import type { Size } from './box.ts';
import { isDeep, openPixels, toPixels, type Pixels } from './pixels.ts';

/** One number for each pixel, row by row. */
export interface Plane extends Size {
  readonly data: Float32Array;
}

/** A plane of zeros. */
export const emptyPlane = ({ width, height }: Size): Plane => ({
  data: new Float32Array(width * height),
  width,
  height,
});

/** A plane from one or several of the same size, value by value. */
export function mapPlane(plane: Plane, value: (from: number, index: number) => number): Plane {
  const result = emptyPlane(plane);
  for (let at = 0; at < plane.data.length; at += 1) {
    result.data[at] = value(plane.data[at] as number, at);
  }
  return result;
}

/**
 * The mean of the square of `2 × radius + 1` pixels around each pixel; at the edges of what of it
 * lies inside the picture. Running sums: the time does not depend on the radius.
 */
export function boxMean(plane: Plane, radius: number): Plane {
  if (radius < 1) return plane;
  return meanOfRows(meanOfColumns(plane, radius), radius);
}

/** Column sums move down with a window of rows, so that memory is read in order. */
function meanOfColumns({ data, width, height }: Plane, radius: number): Plane {
  const result = emptyPlane({ width, height });
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      sums[x] = (sums[x] as number) + (data[at] as number);
    }
  }
  const zeros = new Float32Array(width);
  const rowAt = (y: number): Float32Array =>
    y >= 0 && y < height ? data.subarray(y * width, (y + 1) * width) : zeros;
  for (let y = 0; y < height; y += 1) {
    const coming = rowAt(y + radius);
    const gone = rowAt(y - radius - 1);
    const share = 1 / (Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1);
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const sum = (sums[x] as number) + (coming[x] as number) - (gone[x] as number);
      sums[x] = sum;
      result.data[at] = sum * share;
    }
  }
  return result;
}

function meanOfRows({ data, width, height }: Plane, radius: number): Plane {
  const result = emptyPlane({ width, height });
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x += 1) sum += data[start + x] as number;
    for (let x = 0; x < width; x += 1) {
      const last = x + radius;
      const gone = x - radius - 1;
      if (last < width) sum += data[start + last] as number;
      if (gone >= 0) sum -= data[start + gone] as number;
      const count = (last < width ? last : width - 1) - (gone >= 0 ? gone : -1);
      result.data[start + x] = sum / count;
    }
  }
  return result;
}

/**
 * Reads a plane at the size of a larger picture, bilinearly and a row at a time, into `row`, which
 * has a value for each of the picture's columns.
 */
export function enlarger(plane: Plane, size: Size): (y: number, row: Float32Array) => void {
  const { data, width, height } = plane;
  const columns = new Int32Array(size.width);
  const shares = new Float32Array(size.width);
  for (let x = 0; x < size.width; x += 1) {
    const position = placed(x, size.width, width);
    columns[x] = position;
    shares[x] = position - Math.floor(position);
  }
  // One more, so that the last column has a right neighbour.
  const mixed = new Float32Array(width + 1);
  return (y, row) => {
    const position = placed(y, size.height, height);
    const share = position - Math.floor(position);
    const upper = Math.floor(position) * width;
    const lower = Math.min(height - 1, Math.floor(position) + 1) * width;
    for (let x = 0; x < width; x += 1) {
      const above = data[upper + x] as number;
      mixed[x] = above + share * ((data[lower + x] as number) - above);
    }
    mixed[width] = mixed[width - 1] as number;
    for (let x = 0; x < row.length; x += 1) {
      const column = columns[x] as number;
      const left = mixed[column] as number;
      row[x] = left + (shares[x] as number) * ((mixed[column + 1] as number) - left);
    }
  };
}

/** Where the middle of a pixel lies along a smaller row, in its pixels. */
const placed = (at: number, length: number, smaller: number): number =>
  Math.min(smaller - 1, Math.max(0, ((at + 0.5) * smaller) / length - 0.5));

/** A copy of red, green and blue, 0 to 1, of at most `side` × `side` pixels. */
export async function reducedColours(
  pixels: Pixels,
  side: number,
): Promise<readonly [red: Plane, green: Plane, blue: Plane]> {
  const deep = isDeep(pixels);
  const fitted = openPixels(pixels).resize({
    width: side,
    height: side,
    fit: 'inside',
    kernel: 'linear',
    withoutEnlargement: true,
  });
  const small = await toPixels(fitted, deep);
  const scale = 1 / (deep ? 65_535 : 255);
  const planeOf = (channel: number): Plane => {
    const plane = emptyPlane(small);
    for (let at = 0, from = channel; at < plane.data.length; at += 1, from += small.channels) {
      plane.data[at] = (small.data[from] as number) * scale;
    }
    return plane;
  };
  return [planeOf(0), planeOf(1), planeOf(2)];
}

/** Weights of sRGB red, green and blue in luma (ITU-R BT.709). */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722];

export const lumaOf = (red: number, green: number, blue: number): number =>
  RED * red + GREEN * green + BLUE * blue;

/** How far green lies from luma, given how far red and blue do. */
export const greenOf = (red: number, blue: number): number => -(RED * red + BLUE * blue) / GREEN;

/** Luma of red, green and blue. */
export const lumaOfColours = ([red, green, blue]: readonly [Plane, Plane, Plane]): Plane =>
  mapPlane(red, (value, at) => lumaOf(value, green.data[at] as number, blue.data[at] as number));

/** A copy of luma, 0 to 1, of at most `side` × `side` pixels. */
export const reducedLuma = async (pixels: Pixels, side: number): Promise<Plane> =>
  lumaOfColours(await reducedColours(pixels, side));
