import type { Clause } from '../language/clause.ts';
import { matchOf } from '../language/match.ts';
import type { Match, Operation } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { integer, phrase } from '../phrase.ts';
import { cropToRatio } from '../shapes/crop-to.ts';
import { purposeIn, wishesFor } from '../shapes/purpose-words.ts';
import { fittedInto, sizeTo } from '../shapes/size-to.ts';

const VERB = String.raw`\b(?:fit(?:s|ted|ting)?(?: it)?(?: (?:in|into|inside|within))?|within|re-?size|re-?scale|scale|shrink|downscale|upscale|enlarge|reduce|make|convert|size|set|output|export|crop)\b`;
const EXACT = /\b(\d{2,5}) ?(?:px|pixels?)? ?(?:x|by|\*) ?(\d{2,5})(?: ?(?:px|pixels?))?\b/;
const WIDE =
  /\b(?:width (?:of |to )?)?(\d{2,5}) ?(?:px|pixels?)?(?: (?:wide|in width|width|across))\b|\bwidth (?:of |to |= ?)?(\d{2,5})(?: ?(?:px|pixels?))?\b/;
const TALL =
  /\b(\d{2,5}) ?(?:px|pixels?)?(?: (?:tall|high|in height|height))\b|\bheight (?:of |to |= ?)?(\d{2,5})(?: ?(?:px|pixels?))?\b/;
const LONGEST =
  /\b(?:to |at most |max(?:imum)?(?: of)? |no more than |within )?(\d{2,5}) ?(?:px|pixels?)\b(?: (?:on|at) the (?:long(?:est|er)?|larger) (?:side|edge))?/;
const NAMED: readonly (readonly [RegExp, number])[] = [
  [/\b(?:8k)\b/, 7680],
  [/\b(?:4k|uhd)\b/, 3840],
  [/\b(?:1440p|qhd)\b/, 2560],
  [/\b(?:1080p|full hd|fhd)\b/, 1920],
  [/\b(?:720p|hd)\b/, 1280],
];
const THUMBNAIL =
  /\b(?:(?:for|as|into|make|create|a|an|me|the|of) )*thumb ?nail(?: (?:size|sized|version))?\b/;
/** "Fit it into 1080x1080": nothing is cropped for it. */
const FITTED =
  /\b(?:fit(?:s|ted|ting)?(?: (?:it|this|that))?(?: (?:in|into|inside|within))?|within|inside|no larger than|at most|max(?:imum)?|bounding box)\b(?! (?:a|the) square)/;
const FACTOR =
  /\b(?:(half|double|twice|triple|(\d+(?:\.\d+)?) ?(?:x|times|%))(?: (?:of )?(?:(?:the|its) )?(?:(?:original|current) )?(?:size|resolution|dimensions|as (?:big|large|small)|bigger|larger|smaller))?)/;
const SIZE_WORD =
  /\b(?:size|sized|resolution|dimensions|smaller|bigger|larger|shrink|enlarge|upscale|downscale|re-?size|re-?scale|scale|half (?:as )?(?:big|large))\b/;

/** Scales the picture. Its shape stays unless both sides are given and say otherwise. */
export const resize: Operation = {
  name: 'resize',
  offer: 'resize it',
  order: 10,
  regional: false,
  phrase: phrase('Resize {region} to {width} × {height} px', { width: integer, height: integer }),
  work: {
    kind: 'move',
    move: ({ sharp, size, full, deep }, params) => {
      const to = { width: Number(params['width']), height: Number(params['height']) };
      // A stand-in copy is reduced with the picture, but never enlarged.
      const isCopy = size.width !== full.width || size.height !== full.height;
      const scale = isCopy ? Math.min(1, size.width / to.width, size.height / to.height) : 1;
      const actual = {
        width: Math.max(1, Math.round(to.width * scale)),
        height: Math.max(1, Math.round(to.height * scale)),
      };
      return { sharp: sharp.resize({ ...actual, fit: 'fill' }), size: actual, full: to, deep };
    },
  },
  match: matchSize,
};

function matchSize({ text, negated }: Clause): Match | undefined {
  const purposed = negated ? undefined : purposeIn(text);
  if (purposed) return wishesFor(purposed, text);
  if (/\bthumb ?nail\b/.test(text)) {
    return matchOf(withVerb(text, THUMBNAIL.exec(text)), sizeTo(longestSide(320)));
  }
  const verb = new RegExp(VERB).test(text) || SIZE_WORD.test(text);
  const exact = EXACT.exec(text);
  if (exact && (Number(exact[1]) > 32 || Number(exact[2]) > 32)) {
    const [width, height] = [Number(exact[1]), Number(exact[2])];
    // "Crop to 800x600 from 100,50" takes a box out and scales nothing.
    if (/\bfrom\b|\bat \d/.test(text)) return undefined;
    if (FITTED.test(text)) {
      return matchOf(
        withVerb(text, exact),
        sizeTo((size) => fittedInto(size, { width, height })),
      );
    }
    return matchOf(
      withVerb(text, exact),
      cropToRatio({ ratio: width / height, quiet: true }),
      sizeTo(() => ({ width, height })),
    );
  }
  const wide = WIDE.exec(text);
  if (wide) {
    const width = Number(wide[1] ?? wide[2]);
    return matchOf(
      withVerb(text, wide),
      sizeTo((size) => ({ width, height: (size.height * width) / size.width })),
    );
  }
  const tall = TALL.exec(text);
  if (tall) {
    const height = Number(tall[1] ?? tall[2]);
    return matchOf(
      withVerb(text, tall),
      sizeTo((size) => ({ width: (size.width * height) / size.height, height })),
    );
  }
  const named = NAMED.find(([pattern]) => pattern.test(text));
  if (named) return matchOf(withVerb(text, named[0].exec(text)), sizeTo(longestSide(named[1])));
  if (!verb || /\bcrop|\bblur|\bfont|\btext\b/.test(text)) return undefined;
  const longest = LONGEST.exec(text);
  if (longest) {
    return matchOf(withVerb(text, longest), sizeTo(longestSide(Number(longest[1]))));
  }
  if (!SIZE_WORD.test(text)) return undefined;
  const found = FACTOR.exec(text);
  const factor = found ? factorOf(found, text) : undefined;
  if (factor !== undefined) return matchOf(withVerb(text, found), sizeTo(times(factor)));
  if (/\b(?:smaller|shrink|downscale|scale (?:it )?down)\b/.test(text)) {
    return matchOf(withVerb(text, SIZE_WORD.exec(text)), sizeTo(times(0.5)));
  }
  if (/\b(?:bigger|larger|enlarge|upscale|scale (?:it )?up)\b/.test(text)) {
    return matchOf(withVerb(text, SIZE_WORD.exec(text)), sizeTo(times(2)));
  }
  return undefined;
}

/** "50%", "to 50%", "by 20%", "20% smaller", "half", "2x". */
function factorOf(found: RegExpExecArray, text: string): number | undefined {
  const [words, name, number] = found;
  if (name === 'half') return 0.5;
  if (name === 'double' || name === 'twice') return 2;
  if (name === 'triple') return 3;
  const value = Number(number);
  if (!words.includes('%')) return value;
  const smaller = /\b(?:smaller|shrink|reduce|downscale)\b/.test(text);
  const larger = /\b(?:larger|bigger|enlarge|increase|upscale)\b/.test(text);
  const relative = /\bby \d|\d+(?:\.\d+)?% (?:smaller|larger|bigger)/.test(text);
  if (relative && smaller) return 1 - value / 100;
  if (relative && larger) return 1 + value / 100;
  return value / 100;
}

const times =
  (factor: number) =>
  ({ width, height }: Size): Size => ({ width: width * factor, height: height * factor });

const longestSide =
  (side: number) =>
  (size: Size): Size =>
    times(side / Math.max(size.width, size.height))(size);

/** The found words together with the verb that asks for them. */
function withVerb(text: string, found: RegExpExecArray | null): RegExpExecArray | null {
  if (!found) return null;
  const verb = new RegExp(`${VERB}|${SIZE_WORD.source}`, 'g');
  let from = found.index;
  let to = found.index + found[0].length;
  for (const word of text.matchAll(verb)) {
    from = Math.min(from, word.index);
    to = Math.max(to, word.index + word[0].length);
  }
  const all = [text.slice(from, to)] as unknown as RegExpExecArray;
  all.index = from;
  return all;
}
