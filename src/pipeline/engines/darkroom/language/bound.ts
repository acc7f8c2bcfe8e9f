import { ANY_COLOUR, markedPattern, replaceMarked, SURE_COLOUR } from './colour-words.ts';

const DET = '(?:(?:the|my|his|her|their|its|all|any|only|just) )';
/** What can be told apart by how it looks or by what it is. */
const RECOGNISED =
  '(?:(?:C+ )?sky|clouds?|background|foreground|subjects?|person|people|man|woman|child|kid|boy|girl|baby|dog|cat|pet|animal|bird|horse|car|product|object|face|skin(?: tones?)?|shadows?|highlights?|midtones?|grass|water|sea|whites|blacks)';
const COLOURED = `${ANY_COLOUR}(?:s|es)?(?:(?: with| and|,) ${DET}?${SURE_COLOUR}(?:s|es)?)?(?: (?!(?:in|as|and|then|but|alone|while|with)\\b)[a-zT'-]+){0,2}?`;
const THING = `(?:${DET}?(?:${RECOGNISED})|${DET}(?:${COLOURED}))`;
const PLACE =
  '(?:(?:the |its )?(?:very )?(?:top|bottom|left|right|center|edges?|corners?|borders?)(?: (?:left|right|half|third|part|corner|side|edge))?)';
const AS_IT_IS =
  '(?: (?:in (?:full )?color|colored|colorful|alone|out|as (?:it|they) (?:is|are)|untouched|unchanged|the same|like that|natural|normal|original|intact))*';
const END = String.raw`(?=\s*(?:$|[.;!?\n]))`;
const KEEP =
  '(?:keep|keeping|leave|leaving|preserve|preserving|retain|retaining|spare|sparing|protect|protecting)';

const RULES: readonly (readonly [RegExp, string])[] = [
  // "Everything but the sky": no second wish begins there.
  [
    markedPattern(
      String.raw`\b(everything|everyone|anything|nothing|all|(?:the )?whole (?:picture|photo|image|thing)) but (?:for |not )?(?!also\b|with\b|make\b|then\b|not\b)`,
    ),
    '$1 except ',
  ],
  // "…, except for the sky".
  [
    markedPattern(
      String.raw`\s*,\s*(?:but )?(except(?: for)?|apart from|other than|excluding|all except|everything except)\b`,
    ),
    ' $1',
  ],
  [
    markedPattern(
      String.raw`\b(?:apart from|other than|excluding|with the exception of|save for|aside from)\b`,
    ),
    'except',
  ],
  // "Darken it but not the sky", "black and white but the red car".
  [
    markedPattern(
      String.raw`(?<=\w)\s*,?\s*\bbut (?:for |not |without |never )?(?:on |in |at )?(${THING}|${PLACE})${AS_IT_IS}${END}`,
    ),
    ' except $1',
  ],
  [
    markedPattern(String.raw`(?<=\w)\s*,?\s*\bnot (?:on |in |at )?(${DET}${RECOGNISED})${END}`),
    ' except $1',
  ],
  // "… but keep the red umbrella in color", "… while leaving the sky alone".
  [
    markedPattern(
      String.raw`(?<=\w)\s*(?:(?:[,;.]|\b(?:but|and|while|yet|though)\b)[\s,]*)+(?:please |only |just )*${KEEP} (?:only |just )?(${THING})${AS_IT_IS}${END}`,
    ),
    ' except $1',
  ],
  // "Keep the red and make the rest black and white".
  [
    markedPattern(
      String.raw`^(?:please |can you )*(?:only )?${KEEP} (?:only |just )?(${THING})${AS_IT_IS}[\s,;.]*(?:and |but |then |while )*([^,;.]*?)\b(?:the rest|everything else|all else|the others?|all the rest|anything else|the remainder|all other (?:things|parts|colors))\b([^,;.]*)`,
    ),
    '$2everything$3 except $1',
  ],
  // "Except for the sky, darken everything".
  [markedPattern(String.raw`^except(?: for)? (${THING}|${PLACE})\s*,?\s+(.+)$`), '$2 except $1'],
  // What only is to keep its color is a wish, not something to leave undone.
  [markedPattern(String.raw`^(please )?${KEEP} (?:only|just) `), '$1only keep '],
  [
    markedPattern(String.raw`^(please )?${KEEP} (${THING}) (?:in (?:full )?color|colored)${END}`),
    '$1only keep $2 in color',
  ],
];

/** Two colours belong together where something is said of both at once. */
const PAIR = markedPattern(
  String.raw`(?<![\w-])(${ANY_COLOUR}(?:s|es)?(?: (?:shadows?|darks?|(?:dark|light) tones?|highlights?|lights?))?)\s*(?:,? and|&|\+|\/|,)\s*(?=(?:the |a |an )?${ANY_COLOUR}(?![\w-]))`,
);
const OF_BOTH =
  /\b(?:duo-? ?ton|2-? ?ton|bi-? ?ton|two-? ?ton|split[- ]?ton|gradient map|monochrome|gray|desaturate|except|splash|isolat|selective|in color|only keep|grading|graded|look\b)|\bteal\b.*\borange\b|\borange\b.*\bteal\b|\bshadows?\b.*\bhighlights?\b|\bhighlights?\b.*\bshadows?\b/;
/** "Split toning, purple and yellow": the colours belong to what was said before. */
const LISTED = markedPattern(String.raw`\b(ton(?:e|ed|ing))\s*[,:]\s*(?=${ANY_COLOUR}(?![\w-]))`);
/** "The shadows blue and the highlights orange". */
const TONES = '(?:shadows?|darks?|dark tones?|highlights?|lights|light tones?)';
const TONE_PAIR = markedPattern(
  String.raw`\b(${TONES}(?: [a-z-]+){0,3}? ${ANY_COLOUR})\s*(?:,? and|&|\+|,)\s*(?=(?:the |its )?${TONES}\b)`,
);
const SEVERAL_MADE = markedPattern(
  String.raw`\b((?:make|turn|change|paint|recolor|convert) (?:all |the |my |every )*${SURE_COLOUR}) and (?=(?:the )?${SURE_COLOUR} [a-zT'-]+(?: [a-zT'-]+)? )`,
);

/** Puts joining words that hold one wish together so that they don't part it in two. */
export function bindWords(text: string): string {
  let result = text;
  for (const [pattern, replacement] of RULES) result = replaceMarked(result, pattern, replacement);
  result = replaceMarked(result, LISTED, '$1 in ');
  result = replaceMarked(result, TONE_PAIR, '$1 with ');
  result = replaceMarked(result, SEVERAL_MADE, '$1 with ');
  return OF_BOTH.test(result) ? replaceMarked(result, PAIR, '$1 with ') : result;
}
