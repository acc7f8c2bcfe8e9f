import { familyOf, type ColourFamily } from '../pixels/colour-names.ts';
import { shapeOf, type Region } from '../pixels/region.ts';
import { ANY_COLOUR, coloursIn, findMarked, markedPattern, SURE_COLOUR } from './colour-words.ts';
import type { Span } from './direction.ts';
import { regionIn } from './place.ts';

/** A wish that something of one colour be another. */
export interface ColourChange {
  /** Empty where all that lies in the region is meant. */
  readonly from: readonly ColourFamily[];
  readonly to: string;
  /** Where its own words say so. */
  readonly region?: Region;
  readonly used: readonly Span[];
}

const VERB =
  '(?:make|makes|turn|change|convert|paint|color|recolor|dye|shift|transform|switch|render|set)';
const ALL = `(?:(?:all|everything|anything|whatever|every|each|only|just|of|that is|that's|which is|what is|what's|the color of|the color) )*`;
const THE = '(?:(?:the|my|his|her|their|its|your|our|that|this|those|these) )?';
const FROM = `(${SURE_COLOUR})(?: with (${SURE_COLOUR}))?`;
/** The things, which the colour stands for. */
const THINGS = String.raw`((?:(?<=[CG])e?s)?(?: (?!(?:more|less|much|a|an|bit|slightly|in|to|into|and|with|for|by|look|look like|from|darker|lighter|brighter|warmer|cooler|but|except)\b)[a-zT'-]+){0,3}?)`;
const INTO =
  '(?: (?:to|into|as|look|looking|be|become|appear|completely|all|fully|a|an|some|more of a|->|=>))*';
/** The last colour that is named: in "the white rose red" the rose is a thing. */
const TO = ` (${ANY_COLOUR})(?! ${ANY_COLOUR})(?: (?:instead|color|ones?|1|things?|tones?|please))*`;

const FORMS: readonly RegExp[] = [
  markedPattern(String.raw`\b${VERB} ${ALL}${THE}${FROM}${THINGS}${INTO}${TO}`),
  markedPattern(
    String.raw`\b(?:swap|swap out|replace|exchange|substitute|trade) ${ALL}${THE}${FROM}${THINGS} (?:for|with|by|to) ${THE}(?:a |an |some )?${TO.trimStart()}`,
  ),
  markedPattern(
    String.raw`(?:\b${VERB} [a-zCGT' ]{1,40}?)?(?:\b(?:color|hue) )?\bfrom ${THE}${FROM}${THINGS} (?:in)?to ${THE}${TO.trimStart()}`,
  ),
  markedPattern(
    String.raw`^${THE}${FROM}${THINGS} (?:->|=>|to|into|becomes?) ${THE}${TO.trimStart()}$`,
  ),
  markedPattern(String.raw`^(?:the|my|his|her|their|its) ${FROM}${THINGS}${TO}$`),
  markedPattern(
    String.raw`^${THE}${FROM}${THINGS} (?:should|must|has to|needs to) be(?:come)? ${THE}${TO.trimStart()}$`,
  ),
];

/** "Make the sky pink": a place alone, and all that lies in it. */
const PLACE_FORM = markedPattern(
  String.raw`^(?:.*? )?\b${VERB} (?:the color of )?((?:(?!more|less|bit|much)[a-zCGT']+ ){1,4}?)(?:color )?(?:(?:to|into|look|all|completely|be|a) )*(${ANY_COLOUR})(?: (?:instead|color|please))*$`,
);
const COLOURED_PARTS: ReadonlySet<string> = new Set(['sky', 'subject', 'green', 'blue', 'skin']);

/** Reads which colour is to become which; undefined where a clause says nothing of the kind. */
export function recolourRequest(text: string): ColourChange | undefined {
  if (coloursIn(text).length === 0) return undefined;
  for (const form of FORMS) {
    const found = findMarked(form, text);
    if (!found) continue;
    const [, one = '', other = '', things = '', to = ''] = found.words;
    const from = [one, other].map(familyOf).filter((family) => family !== undefined);
    const sky = /\bsk(?:y|ies)\b/.test(things);
    return { from, to, used: [found], ...(sky && { region: 'sky' }) };
  }
  const found = findMarked(PLACE_FORM, text);
  if (!found) return undefined;
  const [, place = '', to = ''] = found.words;
  const { region } = regionIn(place);
  const shape = shapeOf(region);
  if (!('part' in shape) || shape.inverted || !COLOURED_PARTS.has(shape.part)) return undefined;
  return { from: [], to, region, used: [found] };
}
