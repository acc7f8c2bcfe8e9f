import type { ColourFamily } from '../pixels/colour-names.ts';
import {
  isHue,
  isNeutral,
  USUAL_GREYS,
  USUAL_HUES,
  type Selected,
} from '../pixels/colour-selection.ts';
import type { Area } from './area.ts';
import { eachPair } from './pairs.ts';
import type { Photo } from './photo.ts';

/** How far an end may move to where the picture has fewer colours; degrees, and L*. */
const LEEWAY = 14;
const LIGHTNESS_LEEWAY = 22;
/** What is less saturated than this share of the saturated among its hues has another colour. */
const AS_VIVID = 0.45;
/** Chroma of greys. */
const GREY = 13;

/**
 * What goes by a name in this picture: each end of its hues, or of its lightness, slides into the
 * nearest gap between the picture's colours, so that no thing is cut in two.
 */
export function endsOf(photo: Photo, area: Area, family: ColourFamily): Selected {
  if (isHue(family)) {
    const { from, to, least } = USUAL_HUES[family];
    const counts = histogram(photo, area, 360, (lightness, chroma, hue) =>
      chroma < Math.max(6, least * lightness) ? undefined : [hue, chroma],
    );
    const at = (hue: number) => counts[((hue % 360) + 360) % 360] as number;
    const hues = { from: gap(from, at, LEEWAY), to: gap(to, at, LEEWAY) };
    return { family, hues: { ...hues, least: Math.max(least, vividOf(photo, area, hues)) } };
  }
  if (isNeutral(family)) {
    const { darkest, lightest } = USUAL_GREYS[family];
    const counts = histogram(photo, area, 101, (lightness, chroma) =>
      chroma > GREY ? undefined : [Math.round(lightness), 1],
    );
    const at = (light: number) => counts[light] ?? 0;
    const inner = (end: number) => (end < 0 || end > 100 ? end : gap(end, at, LIGHTNESS_LEEWAY));
    return { family, greys: { darkest: inner(darkest), lightest: inner(lightest) } };
  }
  return { family };
}

/** The bottom of the slope on which an end lies. */
function gap(end: number, count: (place: number) => number, leeway: number): number {
  const downhill = count(end + 1) < count(end) ? 1 : -1;
  let place = end;
  while (Math.abs(place - end) < leeway && count(place + downhill) < count(place)) {
    place += downhill;
  }
  return place;
}

/** The least saturation (chroma over lightness) next to what is vivid among some hues. */
function vividOf(photo: Photo, area: Area, { from, to }: { from: number; to: number }): number {
  const counts = histogram(photo, area, 200, (lightness, chroma, hue) => {
    const inside = (hue >= from && hue <= to) || (hue + 360 >= from && hue + 360 <= to);
    if (!inside && !(hue - 360 >= from && hue - 360 <= to)) return undefined;
    const saturation = chroma / Math.max(8, lightness);
    return saturation < 0.15 ? undefined : [Math.min(199, Math.round(saturation * 100)), chroma];
  });
  let above = 0;
  const all = counts.reduce((sum, value) => sum + value, 0);
  for (let bin = 199; bin > 0; bin -= 1) {
    above += counts[bin] as number;
    if (above > all * 0.25) return (AS_VIVID * bin) / 100;
  }
  return 0;
}

type Tally = (
  lightness: number,
  chroma: number,
  hue: number,
) => readonly [bin: number, weight: number] | undefined;

const SPREAD = 4;

/** Weights of an area's pixels by bins, as means over nine of them, the middle ones counting most. */
function histogram(photo: Photo, area: Area, bins: number, tally: Tally): Float64Array {
  const { lightness, a, b } = photo;
  const counts = new Float64Array(bins);
  eachPair({ base: photo, edited: photo, area }, (pixel) => {
    const [pixelA, pixelB] = [a[pixel] as number, b[pixel] as number];
    const degrees = (Math.atan2(pixelB, pixelA) * 180) / Math.PI;
    const hue = Math.floor(degrees + 360) % 360;
    const counted = tally(lightness[pixel] as number, Math.hypot(pixelA, pixelB), hue);
    if (!counted) return;
    const [bin, weight] = counted;
    counts[bin] = (counts[bin] as number) + weight;
  });
  return counts.map((_, bin) => {
    let sum = 0;
    for (let off = -SPREAD; off <= SPREAD; off += 1) {
      sum += (SPREAD + 1 - Math.abs(off)) * (counts[(bin + off + bins) % bins] as number);
    }
    return sum;
  });
}
