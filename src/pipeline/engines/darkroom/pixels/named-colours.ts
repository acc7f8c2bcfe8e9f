import type { Field } from '../phrase.ts';
import type { Triple } from './colour.ts';

/** Colours that a request can name for letters and frames, sRGB 0 to 255. */
const NAMED_COLOURS = {
  white: [255, 255, 255],
  black: [0, 0, 0],
  red: [214, 32, 32],
  orange: [245, 130, 20],
  yellow: [255, 214, 10],
  gold: [224, 178, 60],
  green: [34, 160, 72],
  blue: [36, 98, 220],
  purple: [140, 60, 200],
  pink: [255, 105, 170],
  gray: [128, 128, 128],
  'dark gray': [64, 64, 64],
  'light gray': [211, 211, 211],
  silver: [192, 192, 192],
  'off-white': [248, 246, 240],
  cream: [255, 250, 225],
  beige: [232, 219, 193],
  brown: [120, 72, 40],
  maroon: [110, 20, 35],
  magenta: [220, 30, 160],
  navy: [16, 32, 80],
  'dark blue': [16, 42, 110],
  'light blue': [150, 200, 245],
  turquoise: [40, 195, 190],
  teal: [0, 128, 128],
  'dark green': [14, 82, 46],
  'light green': [150, 220, 150],
  olive: [112, 112, 34],
} as const satisfies Record<string, Triple>;

const SYNONYMS: Readonly<Record<string, keyof typeof NAMED_COLOURS>> = {
  'off white': 'off-white',
  ivory: 'cream',
  cyan: 'turquoise',
  violet: 'purple',
  burgundy: 'maroon',
  golden: 'gold',
  'light grey': 'light gray',
  'dark grey': 'dark gray',
};

const HEX = '#[0-9a-f]{6}';
const NAMES = [...Object.keys(NAMED_COLOURS), ...Object.keys(SYNONYMS)].toSorted(
  (one, other) => other.length - one.length,
);

/** A word for a colour, or `#rrggbb` or `#rgb`; part of a regular expression over normalised text. */
export const COLOUR_PATTERN = `(?:${HEX}|#[0-9a-f]{3}|${NAMES.join('|')})`;

const FOUND = new RegExp(String.raw`(?<![\w#-])(${COLOUR_PATTERN})(?![\w-])`);

/** The first colour that a text names, as `colourOf` reads it. */
export function colourIn(text: string): string | undefined {
  const word = FOUND.exec(text)?.[1];
  if (word === undefined) return undefined;
  if (/^#.{3}$/.test(word)) return word.replaceAll(/[0-9a-f]/g, '$&$&');
  return SYNONYMS[word] ?? word;
}

/** sRGB 0 to 255 of a name or `#rrggbb`; white for what is neither. */
export function colourOf(written: string): Triple {
  if (new RegExp(`^${HEX}$`).test(written)) {
    const value = Number.parseInt(written.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  return Object.hasOwn(NAMED_COLOURS, written)
    ? NAMED_COLOURS[written as keyof typeof NAMED_COLOURS]
    : NAMED_COLOURS.white;
}

/** A colour in a sentence, by name or as `#rrggbb`; further words may stand in its place. */
export const colourField = (...others: readonly string[]): Field => ({
  pattern: [HEX, ...NAMES, ...others].join('|'),
  write: String,
  read: (word) => word,
});
