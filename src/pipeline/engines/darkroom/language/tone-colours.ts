import { ANY_COLOUR, findAllMarked, findMarked, markedPattern } from './colour-words.ts';
import type { Span } from './direction.ts';
import { labOf } from '../pixels/colour.ts';
import { colourCalled } from '../pixels/colour-names.ts';

/** Colours named for dark and for light tones. */
export interface ToneColours {
  readonly dark?: string;
  readonly light?: string;
}

const DARK = '(?:shadows?|darks?|dark (?:tones?|parts?|areas?)|blacks)';
const LIGHT = '(?:highlights?|lights?|(?:light|bright) (?:tones?|parts?|areas?)|whites)';
const LINK = '(?:(?: (?:in|to|into|are|be|with|of|as|a|an|should be|towards?|more))+)? ';

/** "Teal shadows", "the shadows in teal": the colour said of some tones. */
const patternsOf = (tones: string): readonly RegExp[] => [
  markedPattern(String.raw`\b(${ANY_COLOUR}) (?:in |for )?(?:the |its )?${tones}\b`),
  markedPattern(String.raw`\b${tones}${LINK}(${ANY_COLOUR})`),
];
const OF_DARK = patternsOf(DARK);
const OF_LIGHT = patternsOf(LIGHT);

const colourOf = (patterns: readonly RegExp[], text: string): string | undefined =>
  patterns.map((pattern) => findMarked(pattern, text)?.words[1]).find((name) => name !== undefined);

/** The colours that a clause gives to the dark and to the light tones in so many words. */
export function toneColours(text: string): ToneColours {
  const dark = colourOf(OF_DARK, text);
  const light = colourOf(OF_LIGHT, text);
  return { ...(dark !== undefined && { dark }), ...(light !== undefined && { light }) };
}

/** Two colours, the darker one first. */
export function byLightness(one: string, other: string): { dark: string; light: string } {
  const lightness = (name: string) => labOf(...colourCalled(name))[0];
  return lightness(one) <= lightness(other)
    ? { dark: one, light: other }
    : { dark: other, light: one };
}

const SAID = markedPattern(
  String.raw`(?:\b(?:in|with|of|from|to|into|and|using|the|a|an|its) |: ?)*(?:(?<![\w-])${ANY_COLOUR}(?: (?:in |for )?(?:the )?(?:${DARK}|${LIGHT})\b)?|\b(?:${DARK}|${LIGHT})${LINK}${ANY_COLOUR})`,
);

/** Where a clause names colours, and the tones that are to have them. */
export const colourSpans = (text: string): Span[] => findAllMarked(SAID, text);
