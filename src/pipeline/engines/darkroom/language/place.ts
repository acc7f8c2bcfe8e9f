import { boxRegion, otherThan, type Part, type Region } from '../pixels/region.ts';

/** Words for parts of a picture, the more particular first; parts of regular expressions. */
const WORDS: readonly (readonly [Part, string])[] = [
  ['sky', '(?:blue |cloudy |night |evening )?(?:sky|skies)|clouds?'],
  ['background', 'back ?-?ground|backdrop|bg'],
  [
    'subject',
    'subjects?|foreground|main (?:subject|object|person|thing|part)|persons?|people|man|men|woman|women|lady|guys?|girls?|boys?|kids?|child|children|baby|couple|models?|dogs?|cats?|pupp(?:y|ies)|kittens?|pets?|animals?|birds?|horses?|products?|items?|objects?|cars?',
  ],
  ['skin', 'skin(?: ?tones?)?|faces?'],
  ['green', 'grass|lawns?|foliage|leaves|plants?|vegetation|greenery'],
  ['blue', 'water|sea|ocean|lake|river|pool'],
  ['top left', '(?:top|upper)(?:-| )left(?:-hand)?(?: corner| part| area| quarter)?'],
  ['top right', '(?:top|upper)(?:-| )right(?:-hand)?(?: corner| part| area| quarter)?'],
  ['bottom left', '(?:bottom|lower)(?:-| )left(?:-hand)?(?: corner| part| area| quarter)?'],
  ['bottom right', '(?:bottom|lower)(?:-| )right(?:-hand)?(?: corner| part| area| quarter)?'],
  ['corners', '(?:4 )?corners'],
  ['edges', 'edges|borders|sides|outside|outer (?:part|area|edges?)'],
  ['top third', '(?:top|upper) (?:third|1/3)'],
  ['middle third', '(?:center|horizontal) third'],
  ['bottom third', '(?:bottom|lower) (?:third|1/3)'],
  ['left third', 'left(?:-hand)? (?:third|1/3)'],
  ['right third', 'right(?:-hand)? (?:third|1/3)'],
  ['center third', 'vertical third'],
  ['top', '(?:top|upper)(?: (?:half|part|area|portion|side|section|edge))?'],
  ['bottom', '(?:bottom|lower)(?: (?:half|part|area|portion|side|section|edge))'],
  ['bottom', 'bottom'],
  ['left', 'left(?:[- ]hand)?(?: (?:half|part|area|portion|side|section|edge))?'],
  ['right', 'right(?:[- ]hand)?(?: (?:half|part|area|portion|side|section|edge))?'],
  ['center', 'center(?: (?:part|area|portion|section))?'],
  ['shadows', 'shadows?|(?:dark|darker|darkest) (?:parts?|areas?|tones?|regions?|bits?)|blacks'],
  ['midtones', 'mid-?(?: )?tones?'],
  [
    'highlights',
    'highlights?|(?:bright|light|brighter|lighter|brightest) (?:parts?|areas?|tones?|regions?|bits?)|whites',
  ],
];

const COLOURS: readonly (readonly [Part, string])[] = [
  ['red', 'red'],
  ['orange', 'orange'],
  ['yellow', 'yellow'],
  ['green', 'green'],
  ['cyan', 'cyan|turquoise|teal'],
  ['blue', 'blue'],
  ['purple', 'purple|violet'],
  ['pink', 'pink|magenta'],
  ['brown', 'brown'],
  ['white', 'white'],
  ['gray', 'gray'],
  ['black', 'black'],
];

const PARTS_OF_COLOUR =
  '(?:s|es|(?: colou?red)? (?:parts?|areas?|bits?|tones?|things?|stuff|objects?|pixels?|ones?|channel|hues?|colors?))';
const LEAD = String.raw`(?:(?:in|on|at|of|to|across|near|only|just|for|from|inside|within|over|around) )*(?:(?:the|its|my|his|her|their|your|our|this|that|all|every) )?(?:(?:very|whole|entire) )?`;
const TAIL = String.raw`(?: (?:of (?:the |this |it|my )?(?:picture|photo|image|frame|shot)?|only|alone))?`;

/** The words for one part, with what leads to it. */
const PATTERNS: readonly (readonly [Part, RegExp])[] = [
  ...WORDS.map(
    ([part, words]) =>
      [part, new RegExp(String.raw`\b${LEAD}(?:${words})${TAIL}(?![\w-])`)] as const,
  ),
  ...COLOURS.map(
    ([part, words]) =>
      [
        part,
        new RegExp(
          String.raw`\b${LEAD}(?:(?:${words})${PARTS_OF_COLOUR}|(?<=\b(?:the|only|just|my|her|his|its|all) )(?:${words}))(?![\w-])${TAIL}|\b(?:everything|anything|all|whatever|what)(?: that| that's| that is|'s| is)? (?:${words})(?! and)\b`,
        ),
      ] as const,
  ),
];

const EXCEPT = String.raw`\b(?:(?:everything|all|anything|the rest|the picture|it)? ?(?:but|except(?: for)?|apart from|other than|besides|excluding|outside(?: of)?|around|not)) `;

const BOX_CORNERS =
  /\b(?:(?:the|in|at|from) )*(?:(?:area|box|region|rectangle|part|spot) )?(?:from |at |between )?\(?(\d{1,5}) ?[,x@] ?(\d{1,5})\)? ?(?:to|-|and) ?\(?(\d{1,5}) ?[,x@] ?(\d{1,5})\)?(?: ?(?:px|pixels?))?/;

/** "Some grain on top" is for all of the picture. */
const IN_ADDITION = /^on top$/;

export interface Place {
  readonly region: Region;
  /** The text with the words of the region blanked out by `|`. */
  readonly rest: string;
}

/** Finds which part of the picture a wish is about, and takes the words for it out. */
export function regionIn(text: string): Place {
  const box = BOX_CORNERS.exec(text);
  if (box) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box.slice(1).map(Number);
    const region = boxRegion({
      left: Math.min(x1, x2),
      top: Math.min(y1, y2),
      width: Math.abs(x2 - x1),
      height: Math.abs(y2 - y1),
    });
    return { region, rest: blanked(text, box.index, box[0].length) };
  }
  for (const [part, pattern] of PATTERNS) {
    const found = pattern.exec(text);
    if (!found || IN_ADDITION.test(found[0])) continue;
    const before = new RegExp(`${EXCEPT}$`).exec(text.slice(0, found.index));
    const inverted = before ? otherThan(part) : undefined;
    const from = before?.index ?? found.index;
    const length = found.index + found[0].length - from;
    return { region: inverted ?? part, rest: blanked(text, from, length) };
  }
  return { region: 'picture', rest: text };
}

const blanked = (text: string, from: number, length: number): string =>
  text.slice(0, from) + '|'.repeat(length) + text.slice(from + length);
