import type { Field } from '../phrase.ts';
import type { Triple } from './colour.ts';
import { COLOUR_PATTERN as ANY_COLOUR, colourCalled } from './colour-names.ts';

const HEX = '#[0-9a-f]{6}';

/** A word for a colour, or `#rrggbb` or `#rgb`; part of a regular expression over normalised text. */
export const COLOUR_PATTERN = `(?:${ANY_COLOUR})`;

const FOUND = new RegExp(String.raw`(?<![\w#-])(${COLOUR_PATTERN})(?![\w-])`);

/** The first colour that a text names, as `colourOf` reads it. */
export function colourIn(text: string): string | undefined {
  const word = FOUND.exec(text)?.[1];
  return word !== undefined && /^#.{3}$/.test(word) ? word.replaceAll(/[0-9a-f]/g, '$&$&') : word;
}

/** sRGB 0 to 255 of a name or `#rrggbb`. */
export function colourOf(written: string): Triple {
  const [red, green, blue] = colourCalled(written);
  return [Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255)];
}

/** A colour in a sentence, by name or as `#rrggbb`; further words may stand in its place. */
export const colourField = (...others: readonly string[]): Field => ({
  pattern: [HEX, ANY_COLOUR, ...others].join('|'),
  write: String,
  read: (word) => word,
});
