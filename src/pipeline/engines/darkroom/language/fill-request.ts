import type { Region } from '../pixels/region.ts';
import { ANY_COLOUR, findMarked, markedPattern } from './colour-words.ts';
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
const COLOUR = `(${ANY_COLOUR})`;
const THE = '(?:(?:the|its|my|this|that|whole|entire|current|existing) )*';

/** The background first, then its colour. */
const BACKGROUND_FIRST = markedPattern(
  String.raw`\b(?:(?:please |can you |could you )*(?:make|turn|change|set|paint|color|recolor|convert|replace|swap|fill|switch|cover|have|want)(?: out| in| up)? )?(?:the color of )?${THE}(?:[a-zCGT]+ )??${BACKGROUND}(?: color)?:?(?: (?:to|into|be|be in|is|in|as|with|by|for|:|=|a|an|something|${PLAIN}))* ${COLOUR}(?: (?:ones?|1|color|background|instead|please))*$`,
);
/** Its colour first, then the background, with a word that says it is to be put there. */
const COLOUR_FIRST = markedPattern(
  String.raw`(?:^(?:please |just |i want |i'd like |want |a |an |the |${PLAIN} )*|\b(?:(?:put|place|set|isolate|cut out|have|show|give|add|use|apply|with|on|onto|against|in front of|over|to|before|get) (?:(?:it|him|her|them|me|us|this|that|these|my|the (?:subject|person|object|product|dog|cat|car)) )?)(?:(?:on|onto|against|in front of|over|with|to|a|an|the|${PLAIN}) )*)${COLOUR}(?: ${PLAIN})? (?:studio )?${BACKGROUND}(?: (?:please|instead|behind (?:it|him|her|them)))*$`,
);
/** "Fill the top half with red"; what stands between says where. */
const FILL_FORM = markedPattern(
  String.raw`\b(fill|flood|cover|paint over)(?: in| up)?( [a-zCGT0-9 ,-]{2,60}?) (?:with|in) (?:(?:a|an|some|the|${PLAIN}) )*${COLOUR}(?: (?:color|paint))*$`,
);
/** "Make the left side solid black". */
const PLAIN_FORM = markedPattern(
  String.raw`\b(make|turn|paint|color)( [a-zCGT0-9 ,-]{2,60}?) (?:into )?(?:(?:a|an) )?(?:plain|solid|flat|uniform(?:ly)?|solidly) ${COLOUR}(?: (?:color|block|area))*$`,
);

/** Reads which part is to be filled with which colour; undefined where a clause wishes nothing such. */
export function fillRequest(text: string): FillRequest | undefined {
  if (/\b(?:tint|more|less|bit|slightly|darker|lighter|brighter)\b/.test(text)) return undefined;
  for (const form of [BACKGROUND_FIRST, COLOUR_FIRST]) {
    const found = findMarked(form, text);
    const color = found?.words[1];
    if (found && color !== undefined) return { color, region: 'background', used: [found] };
  }
  for (const form of [FILL_FORM, PLAIN_FORM]) {
    const found = findMarked(form, text);
    if (!found) continue;
    const [, verb = '', place = '', color = ''] = found.words;
    const middle = found.from + verb.length;
    return {
      color,
      used: [
        { from: found.from, to: middle },
        { from: middle + place.length, to: found.to },
      ],
    };
  }
  return undefined;
}
