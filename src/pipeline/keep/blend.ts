import type { Call } from '../types.ts';
import { breathe, type Pixels, type Plane, type Region } from './pixels.ts';

const ROWS_AT_A_TIME = 32;

export interface Blended {
  readonly pixels: Pixels;
  /** 0 to 255: how much of each pixel is the other picture's. */
  readonly painted: Uint8Array;
  /** The share of the pixels that were left wholly as they were, 0 to 1. */
  readonly share: number;
}

/**
 * Lays one picture over another through a mask.
 * @param paint Cuts a part out of the one on top; asked for no more than shows.
 * @param mask 0 to 1: how much of it shows. Of any size, sampled between its four nearest values.
 */
export async function blend(
  below: Pixels,
  paint: (part: Region) => Pixels,
  mask: Plane,
  call: Call,
): Promise<Blended> {
  const { width, height } = below;
  const data = Uint8Array.from(below.data);
  const painted = new Uint8Array(width * height);
  const across = stepsAlong(width, mask.width);
  const down = stepsAlong(height, mask.height);
  let touched = 0;
  for (let top = 0; top < height; top += ROWS_AT_A_TIME) {
    await breathe(call);
    const bottom = Math.min(top + ROWS_AT_A_TIME, height);
    const columns = columnsShown(mask, across, down.subarray(top, bottom));
    if (!columns) continue;
    const [left, right] = columns;
    const part = { left, top, width: right - left, height: bottom - top };
    const { data: above } = paint(part);
    for (let y = top; y < bottom; y += 1) {
      const start = y * width + left;
      const shares = painted.subarray(start, start + part.width);
      const row = sharesAt(mask, down[y] ?? 0);
      touched += mix(
        data.subarray(start * 3, (start + part.width) * 3),
        above.subarray((y - top) * part.width * 3),
        row,
        across.subarray(left, right),
        shares,
      );
    }
  }
  return { pixels: { data, width, height }, painted, share: 1 - touched / (width * height) };
}

/** Where each of so many pixels lies among the values of a mask, from 0 to one less than their count. */
function stepsAlong(length: number, count: number): Float64Array {
  return Float64Array.from({ length }, (_, index) =>
    Math.min(count - 1, Math.max(0, ((index + 0.5) / length) * count - 0.5)),
  );
}

/** The first and the end of the columns in which a mask shows anything in these rows. */
function columnsShown(
  { data, width }: Plane,
  across: Float64Array,
  down: Float64Array,
): readonly [number, number] | undefined {
  const [top, bottom] = [Math.floor(down[0] ?? 0), Math.ceil(down.at(-1) ?? 0)];
  let [first, last] = [width, -1];
  for (let row = top; row <= bottom; row += 1) {
    const values = data.subarray(row * width, (row + 1) * width);
    const found = values.findIndex((value) => value > 0);
    if (found < 0) continue;
    first = Math.min(first, found);
    last = Math.max(
      last,
      values.findLastIndex((value) => value > 0),
    );
  }
  if (last < 0) return undefined;
  const left = across.findIndex((place) => place > first - 1);
  const right = across.findLastIndex((place) => place < last + 1) + 1;
  return left < right ? [left, right] : undefined;
}

/** A row of a mask, between two of its own; one value more than it is wide. */
function sharesAt({ data, width }: Plane, place: number): Float32Array {
  const row = Math.floor(place);
  const part = place - row;
  const out = new Float32Array(width + 1);
  for (let column = 0; column < width; column += 1) {
    const at = row * width + column;
    const value = data[at] ?? 0;
    out[column] = part === 0 ? value : value + part * ((data[at + width] ?? 0) - value);
  }
  return out;
}

/**
 * Mixes a row of one picture into that of another, and notes how much of each pixel it is, of 255.
 * @param shares A row of the mask; `places` says where in it each pixel lies.
 * @returns How many pixels it touched.
 */
function mix(
  below: Uint8Array,
  above: Uint8Array,
  shares: Float32Array,
  places: Float64Array,
  painted: Uint8Array,
): number {
  let touched = 0;
  for (let x = 0; x < places.length; x += 1) {
    const place = places[x] ?? 0;
    const column = Math.floor(place);
    const from = shares[column] ?? 0;
    const share = from + (place - column) * ((shares[column + 1] ?? 0) - from);
    if (share === 0) continue;
    touched += 1;
    // Stored whole: half of one more rounds.
    painted[x] = 255 * share + 0.5;
    for (let at = x * 3; at < x * 3 + 3; at += 1) {
      const old = below[at] ?? 0;
      below[at] = old + ((above[at] ?? 0) - old) * share + 0.5;
    }
  }
  return touched;
}
