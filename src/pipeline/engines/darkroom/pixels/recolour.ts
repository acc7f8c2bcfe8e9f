import { labOf, type Triple } from './colour.ts';
import { colourCalled, isGrey } from './colour-names.ts';
import type { ColourStage } from './colour-pass.ts';
import { tabulated } from './colour-table.ts';
import { fromOklab, toOklab } from './oklab.ts';

export interface Recolouring {
  /** How much a colour in Lab is recoloured, 0 to 1. */
  readonly weigh: (lightness: number, a: number, b: number) => number;
  /** The colour it gets, by name. */
  readonly to: string;
  /** Mean Oklab lightness and chroma of what is recoloured, 0 to 1. */
  readonly lightness: number;
  readonly chroma: number;
}

/** Mean chroma, in Oklab, below which something has no hue to turn, and is tinted. */
const HUELESS = 0.03;
/** How much of the way a lightness goes to that of the new colour. */
const LIGHTER = 0.7;
const LIGHTER_FROM_OR_TO_GREY = 0.8;
/** What is left of the chroma when something becomes a grey. */
const LEFT_IN_GREY = 0.08;

/**
 * Gives what goes by one colour another one. Light and shade stay: lightness goes through a power
 * that leaves black and white where they are, and chroma is scaled.
 */
export function recolouring({ weigh, to, lightness, chroma }: Recolouring): ColourStage {
  const [lightTo, a, b] = toOklab(...colourCalled(to));
  const chromaTo = Math.hypot(a, b);
  const toGrey = isGrey(to);
  const hueless = chroma < HUELESS;
  const way = toGrey || hueless ? LIGHTER_FROM_OR_TO_GREY : LIGHTER;
  const from = Math.min(0.97, Math.max(0.08, lightness));
  const wanted = Math.min(0.95, Math.max(0.1, from + way * (lightTo - from)));
  const power = Math.min(4, Math.max(0.25, Math.log(wanted) / Math.log(from)));
  const middling = 0.35 * chroma + 0.65 * chromaTo;
  const scale = Math.min(3, middling / Math.max(HUELESS, chroma));
  const chromaOf = (light: number, before: number): number => {
    if (toGrey) return before * LEFT_IN_GREY;
    // Neither black nor white can be coloured.
    const body = Math.sqrt(Math.max(0, 4 * light * (1 - light)));
    return hueless ? chromaTo * 0.8 * body : before * scale;
  };
  return tabulated((color) => {
    const weight = weigh(...labOf(...color));
    if (weight === 0) return color;
    const [light, oldA, oldB] = toOklab(...color);
    const newLight = light ** power;
    const newChroma = chromaOf(newLight, Math.hypot(oldA, oldB)) / Math.max(1e-6, chromaTo);
    const blend = (before: number, after: number) => before + weight * (after - before);
    const mixed: Triple = [
      blend(light, newLight),
      blend(oldA, a * newChroma),
      blend(oldB, b * newChroma),
    ];
    return fromOklab(mixed);
  });
}
