import { familyOf, type ColourFamily } from '../pixels/colour-names.ts';
import { otherThan, type Region } from '../pixels/region.ts';
import { ANY_COLOUR, findMarked, GRAY, markedPattern } from './colour-words.ts';
import type { Span } from './direction.ts';
import { regionIn } from './place.ts';

/** A wish to see but some colours, or but a part of the picture in colour. */
export interface SelectiveRequest {
  /** Empty where no colour is named. */
  readonly families: readonly ColourFamily[];
  /** What turns black and white, where a part and no colour is to keep its own. */
  readonly region?: Region;
  readonly used: readonly Span[];
}

const GREY = `(?:monochrome|${GRAY}s?(?: tones?)?|desaturated?|colorless|without colors?|no colors?)`;
const COLOUR = `(${ANY_COLOUR})(?:s|es)?`;
const THE =
  '(?:(?:the|its|my|his|her|their|all|any|of|what is|anything|everything|whatever|things?|that is|color|colors) )*';
/** The things that have the colour: it alone is looked for. */
const THINGS = String.raw`(?: (?!(?:in|to|and|with|into|as|is|are|stays?|remains?|visible|monochrome|desaturated?|color|colored)\b)[a-zT'-]+){0,3}?`;
const KEPT = `${THE}${COLOUR}(?:${THINGS} with ${THE}${COLOUR})?${THINGS}`;
const IN_COLOUR = String.raw`(?:,? (?:in (?:full )?color|colored|colorful|color|visible|as (?:the )?only color|to (?:keep|have|retain) (?:its |their )?colors?|stays?|remains?|alone|things?|parts?|areas?|ones?|tones?|objects?))*`;
/** The wish may go on with a place. */
const END = '(?= (?:in|on|at|of) the |$)';
const SPLASH =
  '(?:color[- ]?(?:splash|pop|isolation|accent|key(?:ing)?)|selective(?:ly)? color(?:s|ed|ing|ization|isation)?|splash of color|sin city(?: (?:look|style|effect))?|partial (?:color|desaturation)|spot color(?:ing)?|one color only|single color)(?: (?:effect|look|style|filter))?';

const FORMS: readonly RegExp[] = [
  markedPattern(
    String.raw`\b(?:(?:make|turn|convert|change|put|keep|set) )?[^|]*?\b${GREY}\b[^|]*?\bexcept(?: for)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  markedPattern(
    String.raw`\b(?:(?:make|turn|convert|change) )?(?:(?:everything|all|anything|the rest|it) )?except(?: for)? ${KEPT}${IN_COLOUR}(?: (?:in|into|to|be|is|turned|becomes?|should be|goes|looks?))* ${GREY}(?: please)?$`,
  ),
  markedPattern(
    String.raw`\bdesaturate (?:everything|all|it|the rest|the (?:picture|photo|image)) except(?: for)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  markedPattern(
    String.raw`\b(?:only|just|nothing except)(?: (?:keep|leave|show|have|let|see|the))*(?: only| just)? ${KEPT}${IN_COLOUR}(?: (?:in color|colored|colorful|visible))`,
  ),
  markedPattern(
    String.raw`\b(?:only|just) (?:keep|leave|show|retain)(?: only| just)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  markedPattern(
    String.raw`\b(?:do |make |apply |add |use |give it |an? |the )*${SPLASH}(?: (?:on|with|for|in|of|from|to|using|keep|keeping|:|a|an))* ${KEPT}${IN_COLOUR}${END}`,
  ),
  markedPattern(
    String.raw`\b(?:do |make |apply |add |use |give it |an? |the )*${COLOUR} ${SPLASH}$`,
  ),
  markedPattern(String.raw`^(?:only|just) (?:the )?${COLOUR}${THINGS}$`),
  markedPattern(String.raw`\bisolate ${KEPT}${IN_COLOUR}${END}`),
];
const BARE_SPLASH = markedPattern(
  String.raw`^(?:please |can you |do |make |apply |add |use |give it |try |with |it |an? |the |some )*${SPLASH}(?: (?:please|on it|to it|it))*$`,
);
/** "Only the dog in color", "color splash on the dog". */
const PLACE_FORMS: readonly RegExp[] = [
  markedPattern(
    String.raw`\b(?:only|just)(?: (?:keep|leave|show|have))*(?: only| just)? ((?:[a-zCGT'-]+ ){1,5}?)(?:in (?:full )?color|colored)\b`,
  ),
  markedPattern(String.raw`\b${SPLASH}(?: (?:on|with|for|of))+ (.+)$`),
];

/** One of these is said in all of the forms; looking for it first saves looking for them. */
const HINT =
  /\b(?:except|only|just|isolat|selective|sin city|splash|partial|spot color|single color|color[- ]?(?:pop|splash|isol|accent|key))/;

/** Reads what is to keep its colour; undefined where a clause says nothing of the kind. */
export function selectiveRequest(text: string): SelectiveRequest | undefined {
  if (!HINT.test(text)) return undefined;
  for (const form of FORMS) {
    const found = findMarked(form, text);
    if (!found) continue;
    const families = found.words
      .slice(1)
      .map((name) => familyOf(name ?? ''))
      .filter((family) => family !== undefined);
    if (families.length > 0) return { families: [...new Set(families)], used: [found] };
  }
  for (const form of PLACE_FORMS) {
    const found = findMarked(form, text);
    const region = found && otherThan(regionIn(found.words[1] ?? '').region);
    if (found && region) return { families: [], region, used: [found] };
  }
  const bare = findMarked(BARE_SPLASH, text);
  if (!bare) return undefined;
  return { families: bare.words[0]?.includes('sin city') ? ['red'] : [], used: [bare] };
}
