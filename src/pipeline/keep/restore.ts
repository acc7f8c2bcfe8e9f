import type { Call } from '../types.ts';
import { blend, type Blended } from './blend.ts';
import { changesBetween } from './changes.ts';
import { colourDrift, undoColours } from './colour-drift.ts';
import { feathered } from './feather.ts';
import type { Axis, Mapping } from './mapping.ts';
import type { Pixels, Plane, Region } from './pixels.ts';
import { resample, resampler } from './resample.ts';

/** Where more than this share has changed, the edit is of the whole picture. */
const MOST_CHANGED = 0.6;
/** How far the edges of an edit are faded out, as a share of the longest side. */
const FEATHER = 0.015;

/** Small copies of a picture before its edit and of what was painted, to look for differences. */
export interface Look {
  readonly before: Pixels;
  readonly after: Pixels;
}

/**
 * Puts back what an edit was not about, where it was about a part of the picture; undefined where it was about
 * all of it, or nothing differs. What stays of the painter's gets the colours of what is around it.
 * @param mapping Where each point of the source lies in what was painted: what lay outside is put back as well.
 */
export async function restore(
  source: Pixels,
  painted: Pixels,
  { before, after }: Look,
  mapping: Mapping,
  call: Call,
): Promise<Blended | undefined> {
  const { width, height } = before;
  const laid = await resample(after, { width, height }, mapping, call);
  const drift = colourDrift(before, laid);
  const found = await changesBetween(before, drift ? undoColours(laid, drift) : laid, call);
  const marks = withoutOutside(found, mapping);
  const changed = mean(marks);
  if (changed === 0 || changed > MOST_CHANGED) return undefined;
  const soft = feathered(marks, Math.max(3, FEATHER * Math.max(width, height)));
  const mask = withoutOutside(soft, mapping);
  const cut = resampler(painted, source, mapping);
  const paint = (part: Region) => (drift ? undoColours(cut(part), drift) : cut(part));
  return blend(source, paint, mask, call);
}

/** 0 wherever the painter painted nothing. */
function withoutOutside({ data, width, height }: Plane, { x, y }: Mapping): Plane {
  const isInside = (axis: Axis, place: number, length: number) => {
    const there = axis.scale * ((place + 0.5) / length) + axis.shift;
    return there >= 0 && there <= 1;
  };
  const out = data.slice();
  for (let row = 0; row < height; row += 1) {
    const line = out.subarray(row * width, (row + 1) * width);
    if (!isInside(y, row, height)) line.fill(0);
  }
  for (let column = 0; column < width; column += 1) {
    if (isInside(x, column, width)) continue;
    for (let at = column; at < out.length; at += width) out[at] = 0;
  }
  return { data: out, width, height };
}

const mean = ({ data }: Plane): number => data.reduce((sum, value) => sum + value, 0) / data.length;
