import type { Photo } from './photo.ts';

/** Lines of one colour along the sides of a picture, in pixels of its measured copy. */
export interface Bars {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** What counts as a bar: of any one colour, or of a dark or a light one. */
export type BarTone = 'any' | 'black' | 'white';

/** How far a pixel may be from its bar's colour: what JPEG leaves of one; ΔE*ab. */
const TOLERANCE = 7;
/** The share of a line that may be off, such as a subtitle's speck. */
const OUTLIERS = 0.02;

/** Finds bars from each side inwards; those at the sides between those at top and bottom. */
export function barsOf(photo: Photo, tone: BarTone = 'any'): Bars {
  const { width, height } = photo.copy;
  const rows = { from: 0, to: width };
  const row = (y: number) => line(photo, y * width, 1, rows);
  const top = count(height, (y) => row(y), tone);
  if (top === height) return { top: 0, right: 0, bottom: 0, left: 0 };
  const bottom = count(height - top, (y) => row(height - 1 - y), tone);
  const columns = { from: top, to: height - bottom };
  const left = count(width, (x) => line(photo, x, width, columns), tone);
  const right = count(width - left, (x) => line(photo, width - 1 - x, width, columns), tone);
  return { top, right, bottom, left };
}

/** All bars together, as a percentage of the picture's sides. */
export function uniformBars(photo: Photo): number {
  const { top, right, bottom, left } = barsOf(photo);
  const { width, height } = photo.copy;
  return 100 * Math.max((top + bottom) / height, (left + right) / width);
}

type Colour = readonly [lightness: number, a: number, b: number];

interface Line {
  readonly colour: Colour;
  /** Whether nearly all of it has that colour. */
  readonly plain: boolean;
}

function line(
  { lightness, a, b }: Photo,
  start: number,
  step: number,
  { from, to }: { readonly from: number; readonly to: number },
): Line {
  const middle = (values: Float32Array): number => {
    const sorted = Float32Array.from(
      { length: to - from },
      (_, index) => values[start + (from + index) * step] as number,
    ).toSorted();
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const colour: Colour = [middle(lightness), middle(a), middle(b)];
  let off = 0;
  for (let index = from; index < to; index += 1) {
    const pixel = start + index * step;
    const here: Colour = [lightness[pixel] as number, a[pixel] as number, b[pixel] as number];
    if (distance(here, colour) > TOLERANCE) off += 1;
  }
  return { colour, plain: off <= OUTLIERS * (to - from) };
}

/** How many lines from an edge inwards make one bar with the first of them. */
function count(lines: number, at: (index: number) => Line, tone: BarTone): number {
  let bar: Colour | undefined;
  for (let index = 0; index < lines; index += 1) {
    const { colour, plain } = at(index);
    bar ??= colour;
    if (!plain || distance(colour, bar) > TOLERANCE) return index;
    if (tone === 'black' && bar[0] > 22) return 0;
    if (tone === 'white' && bar[0] < 85) return 0;
  }
  return lines;
}

const distance = (one: Colour, other: Colour): number =>
  Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
