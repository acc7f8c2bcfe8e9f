/** Spellings and set phrases brought to one form, so that patterns need to know only that one. */
const REPLACEMENTS: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [/[’‘`´]/g, "'"],
  [/[–—]/g, '-'],
  [/×/g, 'x'],
  // Two corners of a box are no thousands, no decimal fractions and no two wishes.
  [
    /(?<!\b(?:resize|scale|temperature|kelvin)\b[^.;]*)\(?\b(\d{1,5}) ?, ?(\d{1,5})\)? ?(?:to|-|and|through) ?\(?(\d{1,5}) ?, ?(\d{1,5})\b(?! ?(?:k|kelvin)\b)\)?(?: ?(?:px|pixels?)\b)?/g,
    '$1@$2-$3@$4',
  ],
  [/°/g, ' degrees '],
  [/\bdegs?\b\.?/g, 'degrees'],
  [/(\d)\s*(?:percent|per cent|pct)\b/g, '$1%'],
  // "From 100,50" is a place, and no decimal fraction.
  [
    /\b(from|at|offset|position|point|box) \(?(\d+), ?(\d+)\)?(?! ?(?:px|pixels?|wide|tall|high|x|%))(?:( to | ?- ?)\(?(\d+), ?(\d+)\)?)?/g,
    (_, lead, x, y, to, x2, y2) => `${lead} ${x}@${y}${to === undefined ? '' : `${to}${x2}@${y2}`}`,
  ],
  [/(\d),(\d{3})\b/g, '$1$2'],
  [/(\d),(\d)/g, '$1.$2'],
  [/\b(black|b)\s*(?:and|&|\+|n|'n'|\/|-)\s*(?:white|w)\b/g, 'monochrome'],
  [/\bbw\b/g, 'monochrome'],
  [/\bgr[ae]y\s*-?\s*scaled?\b/g, 'monochrome'],
  [/\bcolour/g, 'color'],
  [/\bgrey/g, 'gray'],
  [/\bcent(?:re|er|red|ered|rally)\b/g, 'center'],
  [/\bmiddle\b/g, 'center'],
  [/\banti-?\s?clockwise\b|\bcounter\s?-?\s?clockwise\b|\bccw\b/g, 'counterclockwise'],
  [/\bcw\b/g, 'clockwise'],
  [/\bup\s?-?side\s?-?\s?down\b/g, 'upsidedown'],
  [/\bunder\s?-?\s?exposed?\b/g, 'underexposed'],
  [/\bover\s?-?\s?exposed?\b/g, 'overexposed'],
  [/\bde-?\s?saturat/g, 'desaturat'],
  [
    /\bauto\s?-?\s?(?:matic(?:ally)?)?\s?-?\s?(enhance|fix|correct|adjust|tone|level|improve)/g,
    'auto $1',
  ],
  [/\b(?:do not|don't|dont|doesn't|please no|never)\b/g, 'dont'],
  [/\b(isn't|is not|isnt|aren't|wasn't)\b/g, 'is not'],
  [/\bbefore(?: and | ?& ?| ?\/ ?)after\b/g, 'before-after'],
  // The bars belong to the shape that they are to make.
  [
    /(?:,| and|, and)(?: then)? (?=(?:fill(?:ing)?(?: in)? (?:the )?(?:sides|rest|gaps|edges|background)\b|add(?:ing)? (?:\w+ )?(?:bars|padding)\b))/g,
    ' with ',
  ],
  [
    /, (?=(?:on |with )?(?:a )?(?:white|black|gray|blurred|blurry|transparent|colored) (?:background|bars|padding)\b)/g,
    ' with ',
  ],
  // What is said of letters behind a comma: "© 2024" bottom right, small.
  [
    /("\d+"[^,;.]*), (?=(?:(?:very )?(?:small|tiny|big|large|huge|bold)|(?:top|bottom|center)(?: (?:left|right))?|(?:at|in|on) the (?:top|bottom|center|lower|upper|left|right|corner)[a-z ]*)(?: "\d+"| ?$|,| letters))/g,
    '$1 ',
  ],
  // Two sides that something is cut from are one wish.
  [
    /\b(crop|trim|cut|chop|shave|slice|take|remove|bars?|border|frame|space)\b([^.;,]*?\b(?:left|right|top|bottom))(?: side| edge)?(?:,| and|,? &) (?:the )?(left|right|top|bottom)\b/g,
    '$1$2~$3',
  ],
  [/\bwide\s?-\s?screen\b/g, 'widescreen'],
  [/\b(everything|anything) (?:that is|that's|which is) /g, '$1 '],
  [/\bzoom(?:ed)? in\b/g, 'zoom in'],
  [/\bquarter\b/g, '25%'],
  [/\bby half\b|\bhalf as\b/g, '50% '],
  [/\b(\w+)-(er|ish|looking)\b/g, '$1$2'],
];

/** Emoji with their modifiers, which say nothing that the words do not. */
const PICTOGRAMS = /\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\u{FE0F}|\u{200D}/gu;

const NUMBER_WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  ten: '10',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  ninety: '90',
};

/** Lower case, one form for each thing, single spaces. */
export function normalize(text: string): string {
  let result = ` ${text.normalize('NFKC').toLowerCase().replaceAll(PICTOGRAMS, ' ')} `;
  for (const [pattern, replacement] of REPLACEMENTS) {
    result =
      typeof replacement === 'string'
        ? result.replaceAll(pattern, replacement)
        : result.replaceAll(pattern, replacement);
  }
  result = result.replaceAll(/[a-z]+/g, (word) => NUMBER_WORDS[word] ?? word);
  return result.replaceAll(/\s+/g, ' ').trim();
}
