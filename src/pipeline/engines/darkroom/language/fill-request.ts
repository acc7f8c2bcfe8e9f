import { COLOUR_PATTERN } from '../pixels/colour-names.ts';
import type { Region } from '../pixels/region.ts';
import type { Span } from './direction.ts';

/** A wish that a part of the picture be one plain colour. */
export interface FillRequest {
  readonly color: string;
  /** Where its own words say so. */
  readonly region?: Region;
  readonly used: readonly Span[];
}

const BACKGROUND = String.raw`(?:back ?-?ground|backdrop|bg)(?:'s)?`;
const PLAIN =
  '(?:plain|solid|pure|flat|uniform|simple|clean|completely|entirely|totally|fully|all|studio|seamless|nice|bright)';
const COLOUR = `(${COLOUR_PATTERN})`;
const THE = '(?:(?:the|its|my|this|that|whole|entire|current|existing) )*';

/** The background first, then its colour. */
const BACKGROUND_FIRST = new RegExp(
  String.raw`\b(?:(?:please |can you |could you )*(?:make|turn|change|set|paint|color|recolor|convert|replace|swap|fill|switch|cover|have|want)(?: out| in| up)? )?(?:the color of )?${THE}(?:(?:[a-z]+) )??${BACKGROUND}(?: color)?:?(?: (?:to|into|be|be in|is|in|as|with|by|for|:|=|a|an|something|${PLAIN}))* ${COLOUR}(?: (?:ones?|1|color|background|instead|please))*$`,
);
/** Its colour first, then the background, with a word that says it is to be put there. */
const COLOUR_FIRST = new RegExp(
  String.raw`(?:^(?:please |just |i want |i'd like |want |a |an |the |${PLAIN} )*|\b(?:(?:put|place|set|isolate|cut out|have|show|give|add|use|apply|with|on|onto|against|in front of|over|to|before|get) (?:(?:it|him|her|them|me|us|this|that|these|my|the (?:subject|person|object|product|dog|cat|car)) )?)(?:(?:on|onto|against|in front of|over|with|to|a|an|the|${PLAIN}) )*)${COLOUR}(?: ${PLAIN})? (?:studio )?${BACKGROUND}(?: (?:please|instead|behind (?:it|him|her|them)))*$`,
);
/** "Fill the top half with red"; what stands between says where. */
const FILL_FORM = new RegExp(
  String.raw`\b(fill|flood|cover|paint over)(?: in| up)?( [a-z0-9 ,-]{2,60}?) (?:with|in) (?:(?:a|an|some|the|${PLAIN}) )*${COLOUR}(?: (?:color|paint))*$`,
);
/** "Make the left side solid black". */
const PLAIN_FORM = new RegExp(
  String.raw`\b(make|turn|paint|color)( [a-z0-9 ,-]{2,60}?) (?:into )?(?:(?:a|an) )?(?:plain|solid|flat|uniform(?:ly)?|solidly) ${COLOUR}(?: (?:color|block|area))*$`,
);

/** Reads which part is to be filled with which colour; undefined where a clause wishes nothing such. */
export function fillRequest(text: string): FillRequest | undefined {
  if (/\b(?:tint|more|less|bit|slightly|darker|lighter|brighter)\b/.test(text)) return undefined;
  for (const form of [BACKGROUND_FIRST, COLOUR_FIRST]) {
    const found = form.exec(text);
    const color = found?.[1];
    if (!found || color === undefined) continue;
    const used = [{ from: found.index, to: found.index + found[0].length }];
    return { color, region: 'background', used };
  }
  for (const form of [FILL_FORM, PLAIN_FORM]) {
    const found = form.exec(text);
    if (!found) continue;
    const [words, verb = '', place = '', color = ''] = found;
    const middle = found.index + verb.length;
    const end = found.index + words.length;
    return {
      color,
      used: [
        { from: found.index, to: middle },
        { from: middle + place.length, to: end },
      ],
    };
  }
  return undefined;
}
