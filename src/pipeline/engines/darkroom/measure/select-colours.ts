import type { ColourFamily } from '../pixels/colour-names.ts';
import { selectionWeight, USUAL_HUES, writeSelection } from '../pixels/colour-selection.ts';
import { toOklab } from '../pixels/oklab.ts';
import type { Area } from './area.ts';
import { endsOf } from './colour-ends.ts';
import { EVERYTHING } from './named-colour.ts';
import { eachPair } from './pairs.ts';
import type { Photo } from './photo.ts';

/** What goes by one or two colours in a picture. */
export interface ColoursFound {
  /** As it stands in an instruction. */
  readonly words: string;
  /** Share of the area, 0 to 1. */
  readonly share: number;
  /** Mean Oklab lightness and chroma of it, 0 to 1. */
  readonly lightness: number;
  readonly chroma: number;
}

/** Finds what goes by these names, or takes everything where there are none. */
export function selectColours(
  photo: Photo,
  area: Area,
  families: readonly ColourFamily[],
): ColoursFound {
  const words =
    families.length === 0
      ? EVERYTHING
      : writeSelection(families.map((family) => endsOf(photo, area, family)));
  const weigh = families.length === 0 ? () => 1 : selectionWeight(words);
  const { lightness, a, b } = photo;
  let [inside, all, lightSum, chromaSum] = [0, 0, 0, 0];
  eachPair({ base: photo, edited: photo, area }, (pixel) => {
    all += 1;
    if (weigh(lightness[pixel] as number, a[pixel] as number, b[pixel] as number) < 0.5) return;
    const channel = (index: number) => (photo.copy.rgb[pixel * 3 + index] as number) / 255;
    const [light, okA, okB] = toOklab(channel(0), channel(1), channel(2));
    inside += 1;
    lightSum += light;
    chromaSum += Math.hypot(okA, okB);
  });
  const count = Math.max(1, inside);
  return {
    words,
    share: inside / Math.max(1, all),
    lightness: lightSum / count,
    chroma: chromaSum / count,
  };
}

/** A share as it is said: "4 %", "less than 1 %". */
export const percentOf = (share: number): string =>
  share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`;

const HUES = Object.keys(USUAL_HUES) as (keyof typeof USUAL_HUES)[];

/** The hue with the most chroma in an area, vivid colours counting for more. */
export function strongestFamily(photo: Photo, area: Area): ColourFamily {
  const weights = HUES.map((family) => selectionWeight(family));
  const sums = HUES.map(() => 0);
  const { lightness, a, b } = photo;
  eachPair({ base: photo, edited: photo, area }, (pixel) => {
    const [pixelA, pixelB] = [a[pixel] as number, b[pixel] as number];
    const vivid = Math.hypot(pixelA, pixelB) ** 3;
    for (const [index, weigh] of weights.entries()) {
      const weight = weigh(lightness[pixel] as number, pixelA, pixelB);
      sums[index] = (sums[index] as number) + weight * vivid;
    }
  });
  return HUES[sums.indexOf(Math.max(...sums))] ?? 'red';
}
