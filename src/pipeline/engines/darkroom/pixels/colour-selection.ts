import { colourWeight, type Weigh } from '../measure/colour-mask.ts';
import { smooth } from '../measure/geometric-mask.ts';
import type { Field } from '../phrase.ts';
import type { ColourFamily } from './colour-names.ts';

/**
 * What goes by the name of a hue in one picture: hue angles in Lab, degrees, which may lie below 0 or
 * past 360, and the chroma over lightness (both in Lab) from which a colour counts. Shade lowers both
 * alike, so that the dark side of a thing belongs to it.
 */
export interface Hues {
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

/** What goes by the name of a grey in one picture, by its L*. */
export interface Greys {
  readonly darkest: number;
  readonly lightest: number;
}

/** Where the names lie when no picture says better. */
export const USUAL_HUES = {
  red: { from: 4, to: 47, least: 0.4 },
  orange: { from: 42, to: 79, least: 0.4 },
  yellow: { from: 74, to: 110, least: 0.32 },
  green: { from: 98, to: 168, least: 0.17 },
  cyan: { from: 168, to: 240, least: 0.16 },
  blue: { from: 236, to: 308, least: 0.18 },
  purple: { from: 294, to: 338, least: 0.2 },
  pink: { from: 326, to: 384, least: 0.18 },
} as const satisfies Partial<Record<ColourFamily, Hues>>;

export const USUAL_GREYS = {
  white: { darkest: 72, lightest: 101 },
  gray: { darkest: 28, lightest: 80 },
  black: { darkest: -1, lightest: 26 },
} as const satisfies Partial<Record<ColourFamily, Greys>>;

export const isHue = (family: ColourFamily): family is keyof typeof USUAL_HUES =>
  Object.hasOwn(USUAL_HUES, family);

export const isNeutral = (family: ColourFamily): family is keyof typeof USUAL_GREYS =>
  Object.hasOwn(USUAL_GREYS, family);

/** One colour of a selection: as it was found in a picture, or as its name is usually understood. */
export interface Selected {
  readonly family: ColourFamily;
  readonly hues?: Hues;
  readonly greys?: Greys;
}

const ONE = String.raw`[a-z]+(?: \((?:hue -?\d+° to -?\d+°, saturation from \d\.\d+|lightness -?\d+ to \d+)\))?`;

/** One colour or two as they stand in an instruction: `red (hue 8° to 45°, saturation from 0.40)`. */
export const selection: Field = {
  pattern: `${ONE}(?: and ${ONE})?`,
  write: String,
  read: (words) => words,
};

export const writeSelection = (colours: readonly Selected[]): string =>
  colours
    .map(({ family, hues, greys }) => {
      if (hues) {
        const { from, to, least } = hues;
        return `${family} (hue ${from.toFixed(0)}° to ${to.toFixed(0)}°, saturation from ${least.toFixed(2)})`;
      }
      return greys
        ? `${family} (lightness ${greys.darkest.toFixed(0)} to ${greys.lightest.toFixed(0)})`
        : family;
    })
    .join(' and ');

function readSelection(words: string): Selected[] {
  return words.split(' and ').map((part) => {
    const family = part.split(' ')[0] as ColourFamily;
    const [one, other, least] = (part.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    if (one === undefined || other === undefined) return { family };
    return least === undefined
      ? { family, greys: { darkest: one, lightest: other } }
      : { family, hues: { from: one, to: other, least } };
  });
}

/** How much a colour in Lab belongs to a selection, 0 to 1. */
export function selectionWeight(words: string): Weigh {
  const weights = readSelection(words).map(({ family, hues, greys }) => {
    if (isHue(family)) return byHue(hues ?? USUAL_HUES[family]);
    if (isNeutral(family)) return byLightness(greys ?? USUAL_GREYS[family]);
    return colourWeight(family);
  });
  return (lightness, a, b) => Math.max(...weights.map((weigh) => weigh(lightness, a, b)));
}

/** Degrees over which a hue passes out of a selection. */
const PASSAGE = 10;
/** Chroma under which nothing has a hue; Lab units. */
const COLOURLESS = 5;

function byHue({ from, to, least }: Hues): Weigh {
  const middle = (from + to) / 2;
  const reach = (to - from) / 2;
  return (lightness, a, b) => {
    const chroma = Math.hypot(a, b);
    if (chroma < COLOURLESS) return 0;
    const angle = (Math.atan2(b, a) * 180) / Math.PI;
    const away = Math.abs(((((angle - middle) % 360) + 540) % 360) - 180);
    const saturation = chroma / Math.max(8, lightness);
    return (
      smooth((reach - away) / PASSAGE + 0.5) *
      smooth((saturation - least) / (least * 0.7) + 0.5) *
      smooth((chroma - COLOURLESS) / COLOURLESS)
    );
  };
}

/** Chroma that a grey may have, and L* and chroma over which it passes into something else. */
const MOST_CHROMA = 13;

function byLightness({ darkest, lightest }: Greys): Weigh {
  return (lightness, a, b) =>
    smooth((lightness - darkest) / 10 + 0.5) *
    smooth((lightest - lightness) / 10 + 0.5) *
    smooth((MOST_CHROMA - Math.hypot(a, b)) / 10 + 0.5);
}

/** Degrees by which a selection grows at either end when it took too little in. */
const GROWTH = 5;
const WIDEST = 110;

/** The same selection with more hues; names that are no hue stay as they are. */
export const widened = (words: string): string =>
  writeSelection(
    readSelection(words).map((one) => {
      if (!one.hues || one.hues.to - one.hues.from > WIDEST) return one;
      const { from, to, least } = one.hues;
      return { ...one, hues: { from: from - GROWTH, to: to + GROWTH, least } };
    }),
  );
