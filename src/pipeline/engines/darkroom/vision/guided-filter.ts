import type { Size } from '../pixels/box.ts';
import type { Mask } from '../pixels/mask.ts';
import { boxMean } from './box-mean.ts';
import { shrink, type Copy } from './copy.ts';

/** What the filter found: near each pixel, value = red × r + green × g + blue × b + offset, colours 0 to 1. */
interface Fit {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly offset: Float32Array;
}

/** How an edge of the mask is looked for: pixels of the mask, and the variance that is no edge (colours 0 to 1). */
const REFINE = { radius: 3, epsilon: 2e-4 } as const;

/**
 * A filter that smooths values and keeps their edges where the guide has edges of colour. `radius` is
 * in pixels; colours whose variance (0 to 1) is below `epsilon` count as flat. After He, Sun and Tang,
 * "Guided Image Filtering", ECCV 2010, with a guide of three channels.
 */
export function guidedFilter(guide: Copy, radius: number, epsilon: number) {
  const fitValues = fitter(guide, radius, epsilon);
  return (values: Float32Array): Float32Array => {
    const fit = fitValues(values);
    const out = new Float32Array(values.length);
    for (let at = 0; at < out.length; at += 1) {
      out[at] =
        ((fit.red[at] as number) * (guide.rgb[at * 3] as number) +
          (fit.green[at] as number) * (guide.rgb[at * 3 + 1] as number) +
          (fit.blue[at] as number) * (guide.rgb[at * 3 + 2] as number)) /
          255 +
        (fit.offset[at] as number);
    }
    return out;
  };
}

/**
 * Brings a small mask to the size of the copy that it was found on, with its edges where the copy's
 * edges are. The fit is made at the mask's size (He and Sun, "Fast Guided Filter", 2015). Places
 * farther than the filter's reach from any edge of the mask stay as they are.
 */
export function refineMask(mask: Mask, copy: Copy): Mask {
  const { width, height } = copy;
  const values = Float32Array.from(mask.weights, (weight) => weight / 255);
  const fit = fitter(shrink(copy, mask), REFINE.radius, REFINE.epsilon)(values);
  const near = boxMean(values, mask, REFINE.radius * 2);
  const weights = new Uint8Array(width * height);
  const row = { red: 0, green: 0, blue: 0, offset: 0, near: 0 };
  for (let y = 0, at = 0; y < height; y += 1) {
    const rows = between(y, height, mask.height);
    for (let x = 0; x < width; x += 1, at += 1) {
      const columns = between(x, width, mask.width);
      row.near = sample(near, mask.width, rows, columns);
      if (row.near < 1e-4 || row.near > 1 - 1e-4) {
        weights[at] = row.near < 0.5 ? 0 : 255;
        continue;
      }
      const value =
        (sample(fit.red, mask.width, rows, columns) * (copy.rgb[at * 3] as number) +
          sample(fit.green, mask.width, rows, columns) * (copy.rgb[at * 3 + 1] as number) +
          sample(fit.blue, mask.width, rows, columns) * (copy.rgb[at * 3 + 2] as number)) /
          255 +
        sample(fit.offset, mask.width, rows, columns);
      weights[at] = 255 * steepen(value) + 0.5;
    }
  }
  return { width, height, weights };
}

/** The filter blurs what lies between mask and background; most of it belongs to one of them. */
function steepen(value: number): number {
  const t = Math.min(1, Math.max(0, (value - 0.2) / 0.6));
  return t * t * (3 - 2 * t);
}

/** The two neighbours of a place at another size, and the share of the second. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

function between(index: number, length: number, others: number): Between {
  const place = Math.max(0, ((index + 0.5) * others) / length - 0.5);
  const first = Math.min(others - 1, Math.floor(place));
  return { first, second: Math.min(others - 1, first + 1), share: place - first };
}

function sample(values: Float32Array, width: number, rows: Between, columns: Between): number {
  const top = rows.first * width;
  const bottom = rows.second * width;
  const above =
    (values[top + columns.first] as number) * (1 - columns.share) +
    (values[top + columns.second] as number) * columns.share;
  const below =
    (values[bottom + columns.first] as number) * (1 - columns.share) +
    (values[bottom + columns.second] as number) * columns.share;
  return above + (below - above) * rows.share;
}

/** Prepares the guide once; each call then fits values to it, in the window around every pixel. */
function fitter(guide: Copy, radius: number, epsilon: number): (values: Float32Array) => Fit {
  const size: Size = guide;
  const count = size.width * size.height;
  const mean = (values: Float32Array): Float32Array => boxMean(values, size, radius);
  const product = (one: Float32Array, other: Float32Array): Float32Array => {
    const out = new Float32Array(count);
    for (let at = 0; at < count; at += 1) out[at] = (one[at] as number) * (other[at] as number);
    return mean(out);
  };
  const channel = (offset: number): Float32Array =>
    Float32Array.from({ length: count }, (_, at) => (guide.rgb[at * 3 + offset] ?? 0) / 255);
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const [redMean, greenMean, blueMean] = [mean(red), mean(green), mean(blue)];
  const squares = [
    product(red, red),
    product(red, green),
    product(red, blue),
    product(green, green),
    product(green, blue),
    product(blue, blue),
  ] as const;
  return (values) => {
    const valueMean = mean(values);
    const [byRed, byGreen, byBlue] = [
      product(red, values),
      product(green, values),
      product(blue, values),
    ];
    const fit = [0, 1, 2, 3].map(() => new Float32Array(count)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let at = 0; at < count; at += 1) {
      const r = redMean[at] as number;
      const g = greenMean[at] as number;
      const b = blueMean[at] as number;
      const v = valueMean[at] as number;
      // The symmetric matrix (aa ab ac; ab bb bc; ac bc cc) is the colours' covariance.
      const aa = (squares[0][at] as number) - r * r + epsilon;
      const ab = (squares[1][at] as number) - r * g;
      const ac = (squares[2][at] as number) - r * b;
      const bb = (squares[3][at] as number) - g * g + epsilon;
      const bc = (squares[4][at] as number) - g * b;
      const cc = (squares[5][at] as number) - b * b + epsilon;
      const x = (byRed[at] as number) - r * v;
      const y = (byGreen[at] as number) - g * v;
      const z = (byBlue[at] as number) - b * v;
      const p = bb * cc - bc * bc;
      const q = ac * bc - ab * cc;
      const s = ab * bc - ac * bb;
      const determinant = aa * p + ab * q + ac * s;
      const one = (p * x + q * y + s * z) / determinant;
      const two = (q * x + (aa * cc - ac * ac) * y + (ab * ac - aa * bc) * z) / determinant;
      const three = (s * x + (ab * ac - aa * bc) * y + (aa * bb - ab * ab) * z) / determinant;
      fit[0][at] = one;
      fit[1][at] = two;
      fit[2][at] = three;
      fit[3][at] = v - one * r - two * g - three * b;
    }
    return { red: mean(fit[0]), green: mean(fit[1]), blue: mean(fit[2]), offset: mean(fit[3]) };
  };
}
