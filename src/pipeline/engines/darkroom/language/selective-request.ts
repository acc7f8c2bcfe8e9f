import { familyOf, SURE_COLOUR_PATTERN, type ColourFamily } from '../pixels/colour-names.ts';
import { otherThan, type Region } from '../pixels/region.ts';
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

const GREY =
  '(?:monochrome|gray|grays|gray tones?|desaturated?|colorless|without colors?|no colors?|black)';
const COLOUR = `(${SURE_COLOUR_PATTERN})(?:s|es)?`;
const THE =
  '(?:(?:the|its|my|his|her|their|all|any|of|what is|anything|everything|whatever|things?|that is|color|colors) )*';
/** The things that have the colour: it alone is looked for. */
const THINGS = String.raw`(?: (?!(?:in|to|and|with|into|as|is|are|stays?|remains?|visible|monochrome|gray|desaturated?|color|colored)\b)[a-z'-]+){0,3}?`;
const KEPT = `${THE}${COLOUR}(?:${THINGS} with ${THE}${COLOUR})?${THINGS}`;
const IN_COLOUR = String.raw`(?:,? (?:in (?:full )?color|colored|colorful|color|visible|as (?:the )?only color|to (?:keep|have|retain) (?:its |their )?colors?|stays?|remains?|alone|things?|parts?|areas?|ones?|tones?|objects?))*`;
/** The wish may go on with a place. */
const END = '(?= (?:in|on|at|of) the |$)';
const SPLASH =
  '(?:color[- ]?(?:splash|pop|isolation|accent|key(?:ing)?)|selective(?:ly)? color(?:s|ed|ing|ization|isation)?|splash of color|sin city(?: (?:look|style|effect))?|partial (?:color|desaturation)|spot color(?:ing)?|one color only|single color)(?: (?:effect|look|style|filter))?';

const FORMS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:(?:make|turn|convert|change|put|keep|set) )?[^|]*?\b${GREY}\b[^|]*?\bexcept(?: for)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  new RegExp(
    String.raw`\b(?:(?:make|turn|convert|change) )?(?:(?:everything|all|anything|the rest|it) )?except(?: for)? ${KEPT}${IN_COLOUR}(?: (?:in|into|to|be|is|turned|becomes?|should be|goes|looks?))* ${GREY}(?: please)?$`,
  ),
  new RegExp(
    String.raw`\bdesaturate (?:everything|all|it|the rest|the (?:picture|photo|image)) except(?: for)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  new RegExp(
    String.raw`\b(?:only|just|nothing except)(?: (?:keep|leave|show|have|let|see|the))*(?: only| just)? ${KEPT}${IN_COLOUR}(?: (?:in color|colored|colorful|visible))`,
  ),
  new RegExp(
    String.raw`\b(?:only|just) (?:keep|leave|show|retain)(?: only| just)? ${KEPT}${IN_COLOUR}${END}`,
  ),
  new RegExp(
    String.raw`\b(?:do |make |apply |add |use |give it |an? |the )*${SPLASH}(?: (?:on|with|for|in|of|from|to|using|keep|keeping|:|a|an))* ${KEPT}${IN_COLOUR}${END}`,
  ),
  new RegExp(String.raw`\b(?:do |make |apply |add |use |give it |an? |the )*${COLOUR} ${SPLASH}$`),
  new RegExp(String.raw`^(?:only|just) (?:the )?${COLOUR}${THINGS}$`),
  new RegExp(String.raw`\bisolate ${KEPT}${IN_COLOUR}${END}`),
];
const BARE_SPLASH = new RegExp(
  String.raw`^(?:please |can you |do |make |apply |add |use |give it |try |with |it |an? |the |some )*${SPLASH}(?: (?:please|on it|to it|it))*$`,
);
/** "Only the dog in color", "color splash on the dog". */
const PLACE_FORMS: readonly RegExp[] = [
  /\b(?:only|just)(?: (?:keep|leave|show|have))*(?: only| just)? ((?:[a-z'-]+ ){1,5}?)(?:in (?:full )?color|colored)\b/,
  new RegExp(String.raw`\b${SPLASH}(?: (?:on|with|for|of))+ (.+)$`),
];

/** Reads what is to keep its colour; undefined where a clause says nothing of the kind. */
export function selectiveRequest(text: string): SelectiveRequest | undefined {
  for (const form of FORMS) {
    const found = form.exec(text);
    if (!found) continue;
    const families = found
      .slice(1)
      .map((name) => familyOf(name ?? ''))
      .filter((family) => family !== undefined);
    if (families.length === 0) continue;
    return { families: [...new Set(families)], used: [spanOf(found)] };
  }
  for (const form of PLACE_FORMS) {
    const found = form.exec(text);
    const region = found && otherThan(regionIn(found[1] ?? '').region);
    if (found && region) return { families: [], region, used: [spanOf(found)] };
  }
  const bare = BARE_SPLASH.exec(text);
  if (!bare) return undefined;
  return { families: bare[0].includes('sin city') ? ['red'] : [], used: [spanOf(bare)] };
}

const spanOf = (found: RegExpExecArray): Span => ({
  from: found.index,
  to: found.index + found[0].length,
});
