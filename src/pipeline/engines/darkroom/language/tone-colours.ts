import type { Span } from './direction.ts';
import { labOf } from '../pixels/colour.ts';
import { COLOUR_PATTERN, colourCalled } from '../pixels/colour-names.ts';

/** Colours named for dark and for light tones. */
export interface ToneColours {
  readonly dark?: string;
  readonly light?: string;
}

const DARK = '(?:shadows?|darks?|dark (?:tones?|parts?|areas?)|blacks)';
const LIGHT = '(?:highlights?|lights?|(?:light|bright) (?:tones?|parts?|areas?)|whites)';
const LINK = '(?:(?: (?:in|to|into|are|be|with|of|as|a|an|should be|towards?|more))+)? ';

/** "Teal shadows", "the shadows in teal": the colour said of some tones. */
const colourOf = (tones: string, text: string): string | undefined => {
  const before = new RegExp(
    String.raw`\b(${COLOUR_PATTERN}) (?:in |for )?(?:the |its )?${tones}\b`,
  );
  const after = new RegExp(String.raw`\b${tones}${LINK}(${COLOUR_PATTERN})`);
  return before.exec(text)?.[1] ?? after.exec(text)?.[1];
};

/** The colours that a clause gives to the dark and to the light tones in so many words. */
export function toneColours(text: string): ToneColours {
  const dark = colourOf(DARK, text);
  const light = colourOf(LIGHT, text);
  return { ...(dark !== undefined && { dark }), ...(light !== undefined && { light }) };
}

/** All colours of a clause in the order in which they are named. */
export const coloursIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(String.raw`(?<![\w-])(?:${COLOUR_PATTERN})`, 'g'))].map(
    ([name]) => name,
  );

/** Two colours, the darker one first. */
export function byLightness(one: string, other: string): { dark: string; light: string } {
  const lightness = (name: string) => labOf(...colourCalled(name))[0];
  return lightness(one) <= lightness(other)
    ? { dark: one, light: other }
    : { dark: other, light: one };
}

const SAID = new RegExp(
  String.raw`(?:\b(?:in|with|of|from|to|into|and|using|the|a|an|its) |: ?)*(?:(?<![\w-])(?:${COLOUR_PATTERN})(?: (?:in |for )?(?:the )?(?:${DARK}|${LIGHT})\b)?|\b(?:${DARK}|${LIGHT})${LINK}(?:${COLOUR_PATTERN}))`,
  'g',
);

/** Where a clause names colours, and the tones that are to have them. */
export const colourSpans = (text: string): Span[] =>
  [...text.matchAll(SAID)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
  }));
