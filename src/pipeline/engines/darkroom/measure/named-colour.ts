import { colourCalled } from '../pixels/colour-names.ts';
import { selectionWeight } from '../pixels/colour-selection.ts';
import { toOklab } from '../pixels/oklab.ts';
import type { Evidence } from './goal.ts';
import { eachPair } from './pairs.ts';
import type { Photo } from './photo.ts';

/** A pixel that belongs to a selection at least by half is of its colour. */
const BELONGS = 0.5;

const sourceOf = (params: Evidence['params']): string => String(params['from'] ?? params['keep']);

/** Visits the pixels that were of the selected color (`true`) and those that were not at all. */
function sorted(evidence: Evidence, visit: (was: boolean, before: number, after: number) => void) {
  const { lightness, a, b } = evidence.base;
  const source = sourceOf(evidence.params);
  const weigh = source === EVERYTHING ? () => 1 : selectionWeight(source);
  eachPair(evidence, (before, after) => {
    const weight = weigh(lightness[before] as number, a[before] as number, b[before] as number);
    if (weight >= BELONGS) visit(true, before, after);
    else if (weight === 0) visit(false, before, after);
  });
}

/** In place of a selection: all that lies in the region. */
export const EVERYTHING = 'everything';

const chromaAt = ({ a, b }: Photo, pixel: number): number =>
  Math.hypot(a[pixel] as number, b[pixel] as number);

/** Degrees (Oklab) between the mean hue of what was of the color `from` and the hue of `to`. */
export function hueDistance(evidence: Evidence): number {
  const { rgb } = evidence.edited.copy;
  let [sumA, sumB] = [0, 0];
  sorted(evidence, (was, _before, after) => {
    if (!was) return;
    const at = after * 3;
    const channel = (index: number) => (rgb[at + index] as number) / 255;
    const [, a, b] = toOklab(channel(0), channel(1), channel(2));
    sumA += a;
    sumB += b;
  });
  if (sumA === 0 && sumB === 0) return 180;
  const [, a, b] = toOklab(...colourCalled(String(evidence.params['to'])));
  const turn = Math.atan2(sumB, sumA) - Math.atan2(b, a);
  return Math.abs((((turn * 180) / Math.PI + 540 + 360) % 360) - 180);
}

/** Mean chroma of what was of the selected color. */
export function selectedChroma(evidence: Evidence): number {
  let [sum, count] = [0, 0];
  sorted(evidence, (was, _before, after) => {
    if (!was) return;
    sum += chromaAt(evidence.edited, after);
    count += 1;
  });
  return sum / Math.max(1, count);
}

/** Chroma that what was of the selected color has kept, percent. */
export function keptChroma(evidence: Evidence): number {
  let [before, after] = [0, 0];
  sorted(evidence, (was, from, to) => {
    if (!was) return;
    before += chromaAt(evidence.base, from);
    after += chromaAt(evidence.edited, to);
  });
  return before === 0 ? 100 : (100 * after) / before;
}

/** Mean chroma of what was not of the selected color. */
export function otherChroma(evidence: Evidence): number {
  let [sum, count] = [0, 0];
  sorted(evidence, (was, _before, after) => {
    if (was) return;
    sum += chromaAt(evidence.edited, after);
    count += 1;
  });
  return sum / Math.max(1, count);
}

/** Mean difference (ΔE*ab) of what was not of the selected color from what it was. */
export function otherChange(evidence: Evidence): number {
  const { base, edited } = evidence;
  let [sum, count] = [0, 0];
  sorted(evidence, (was, before, after) => {
    if (was) return;
    sum += Math.hypot(
      (edited.lightness[after] as number) - (base.lightness[before] as number),
      (edited.a[after] as number) - (base.a[before] as number),
      (edited.b[after] as number) - (base.b[before] as number),
    );
    count += 1;
  });
  return sum / Math.max(1, count);
}
