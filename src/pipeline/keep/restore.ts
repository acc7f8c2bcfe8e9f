import type { Call } from '../types.ts';
import { changesBetween } from './changes.ts';
import { colourDrift, undoColours } from './colour-drift.ts';
import { feathered } from './feather.ts';
import type { Axis, Mapping } from './mapping.ts';
import { breathe, shrink, within, type Pixels, type Plane } from './pixels.ts';

/** Changes are looked for at this size, longest side in pixels. */
const LOOK_SIDE = 1_024;
/** Where more than this share has changed, the edit is of the whole picture. */
const MOST_CHANGED = 0.6;
/** How far the edges of an edit are faded out, as a share of the longest side. */
const FEATHER = 0.015;

export interface Restored {
  readonly pixels: Pixels;
  /** 0 to 255: how much of each pixel is the painter's. */
  readonly painted: Uint8Array;
  /** The share that was put back wholly, 0 to 1. */
  readonly share: number;
}

/**
 * Puts back what an edit was not about, where it was about a part of the picture; undefined where it was about
 * all of it, or nothing differs. What stays of the painter's gets the colours of what is around it.
 * @param painted Lies on the source already: of its size, and in its place.
 * @param mapping Where it came from: what lay outside of it then is put back as well.
 */
export async function restore(
  source: Pixels,
  painted: Pixels,
  mapping: Mapping,
  call: Call,
): Promise<Restored | undefined> {
  const size = within(source, LOOK_SIDE);
  const [before, after] = await Promise.all([
    shrink(source, size, call),
    shrink(painted, size, call),
  ]);
  const drift = colourDrift(before, after);
  const found = await changesBetween(before, drift ? undoColours(after, drift) : after, call);
  const marks = withoutOutside(found, mapping);
  const changed = mean(marks);
  if (changed === 0 || changed > MOST_CHANGED) return undefined;
  const soft = feathered(marks, Math.max(3, FEATHER * Math.max(size.width, size.height)));
  const mask = withoutOutside(soft, mapping);
  const whole = drift ? undoColours(painted, drift) : painted;
  return blend(source, whole, mask, call);
}

/** 0 wherever the painter painted nothing. */
function withoutOutside({ data, width, height }: Plane, { x, y }: Mapping): Plane {
  const isInside = (axis: Axis, place: number, length: number) => {
    const there = axis.scale * ((place + 0.5) / length) + axis.shift;
    return there >= 0 && there <= 1;
  };
  const columns = Array.from({ length: width }, (_, column) => isInside(x, column, width));
  const rows = Array.from({ length: height }, (_, row) => isInside(y, row, height));
  const inside = data.map((value, at) =>
    columns[at % width] && rows[Math.floor(at / width)] ? value : 0,
  );
  return { data: inside, width, height };
}

export async function blend(
  { data: before, width, height }: Pixels,
  { data: after }: Pixels,
  mask: Plane,
  call: Call,
): Promise<Restored> {
  const out = Uint8Array.from(before);
  const painted = new Uint8Array(width * height);
  let untouched = 0;
  for (let y = 0; y < height; y += 1) {
    if (y % 64 === 0) await breathe(call);
    for (let x = 0; x < width; x += 1) {
      const share = sampled(mask, (x + 0.5) / width, (y + 0.5) / height);
      const at = y * width + x;
      painted[at] = Math.round(255 * share);
      if (share === 0) {
        untouched += 1;
        continue;
      }
      for (let value = at * 3; value < at * 3 + 3; value += 1) {
        const [old, fresh] = [before[value] ?? 0, after[value] ?? 0];
        out[value] = Math.round(old + (fresh - old) * share);
      }
    }
  }
  return { pixels: { data: out, width, height }, painted, share: untouched / (width * height) };
}

/** Between four pixels; places are shares of the sides. */
function sampled({ data, width, height }: Plane, x: number, y: number): number {
  const u = Math.min(width - 1, Math.max(0, x * width - 0.5));
  const v = Math.min(height - 1, Math.max(0, y * height - 0.5));
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const right = Math.min(width - 1, left + 1);
  const below = Math.min(height - 1, top + 1) * width;
  const [a, b] = [u - left, v - top];
  const at = (place: number) => data[place] ?? 0;
  const above = top * width;
  return (
    (1 - b) * ((1 - a) * at(above + left) + a * at(above + right)) +
    b * ((1 - a) * at(below + left) + a * at(below + right))
  );
}

const mean = ({ data }: Plane): number => data.reduce((sum, value) => sum + value, 0) / data.length;
