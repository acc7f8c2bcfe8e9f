import {
  CAPTION_PLACES,
  captionBox,
  captionFontSize,
  linesOf,
  SMALLEST_FONT,
  usualFontSize,
  type CaptionPlace,
} from '../pixels/caption-layout.ts';
import { contrastRatio, luminanceOf } from '../pixels/colour.ts';
import type { Clause } from '../language/clause.ts';
import {
  letterOpacityIn,
  letterPlaceIn,
  letterSizeIn,
  type LetterSize,
} from '../language/lettering.ts';
import { matchOf } from '../language/match.ts';
import type { Match, Operation, Wish } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { paintLetters } from '../pixels/letters.ts';
import { COLOUR_PATTERN, colourField, colourIn } from '../pixels/named-colours.ts';
import type { Photo } from '../measure/photo.ts';
import { integer, oneOf, phrase, quoted, type Params } from '../phrase.ts';

/** From the lightest touch to the surest; memes begin with the bold ones. */
const STYLES = ['plain', 'outlined', 'boxed'] as const;
const MEME = 'bold outlined';
const READABLE = 4.5;

const WORDS =
  /\b(?:caption|text|title|subtitle|heading|headline|label|write|written|type|say(?:s|ing)?|reads?|reading|words?|stamp|signature|sign|date|copyright|name|meme|add|put|place|insert|overlay|with)\b/;
const MEME_WORDS = /\bmeme\b|\b(?:top|bottom) ?text\b/;
/** Texts that are to be found when looked for, and not to be looked at. */
const NOTE = /^(?:©|\(c\)|copyright\b|@\w|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$|photo(?:graph)? by\b)/i;

/** Writes a text on the picture, as plainly as it stays readable. */
export const caption: Operation = {
  name: 'caption',
  offer: 'write a caption or a meme on it',
  order: 50,
  regional: false,
  phrase: phrase(
    'Write {text} at the {place} of {region} in {style} {color} letters of {scale} % of the usual size with {opacity} % opacity',
    {
      text: quoted,
      place: oneOf(...CAPTION_PLACES.toSorted((one, other) => other.length - one.length)),
      style: oneOf(MEME, ...STYLES),
      color: colourField(),
      scale: integer,
      opacity: integer,
    },
  ),
  work: { kind: 'overlay', paint: paintLetters },
  match: matchCaption,
  correct: (params, missed) => {
    if (!missed.some(({ goal }) => goal.metric === 'textContrast')) return undefined;
    const style = STYLES[STYLES.findIndex((name) => String(params['style']).endsWith(name)) + 1];
    return style && { ...params, style };
  },
};

function matchCaption({ text, quotes, amount, negated }: Clause): Match | undefined {
  if (negated) return undefined;
  const texts = [...text.matchAll(/"(\d+)"/g)].flatMap(({ 1: index, index: at }) => {
    const quote = quotes[Number(index)];
    return quote ? [{ quote, at }] : [];
  });
  const [first] = texts;
  const follows = text.startsWith('"') && letterPlaceIn(text) !== undefined;
  if (!first) return matchWithoutText(text);
  if (!(WORDS.test(text) || follows)) return undefined;
  const isMeme = MEME_WORDS.test(text);
  const words = text.replaceAll(/"\d+"/g, ' ');
  const asked = {
    color: colourIn(words),
    size: letterSizeIn(words, amount),
    opacity: letterOpacityIn(words) ?? 100,
  };
  const place = letterPlaceIn(words);
  const wishes =
    isMeme || texts.length > 1
      ? memeTexts(texts, words, text).map((each) => captionWish({ ...asked, ...each, isMeme }))
      : [captionWish({ ...asked, ...placed(first.quote, place) })];
  return { used: [{ from: startOf(text, first.at), to: text.length }], wishes };
}

/** Words that lead to a text; what stands before them is another wish: "for a story with the caption …". */
const LEADING = new RegExp(
  String.raw`(?<![\w"])(?:(?:please|can|could|you|i|want|add|adding|write|writing|put|place|insert|overlay|type|print|stamp|sign|give|include|use|make|turn|have|let|with|a|an|the|some|short|nice|text|caption|title|subtitle|heading|headline|label|words?|meme|name|date|copyright|signature|of|saying|say|says|that|which|reads?|reading|it|this|into|in|at|on|to|as|across|over|along|very|top|bottom|left|right|center|corner|upper|lower|above|below|third|side|picture|photo|image|tiny|small|little|big|large|huge|bold|giant|faint|outlined|letters|font|is|watermark(?:ed)?|semi-?|transparent|diagonal|tiled|repeated|subtle|${COLOUR_PATTERN}|\d+ ?(?:px|pt|%)|\d{1,4}(?:[-./]\d{1,4})+|"\d+")(?:[\s:,/(-]+|$))+$`,
);

/** Where the words begin that are about a text. */
const startOf = (text: string, at: number): number => LEADING.exec(text.slice(0, at))?.index ?? at;

const TEXT_WANTED =
  /\b(?:(?:add|put|place|write|insert)(?: (?:a|an|some|the))?(?: \w+)? (?:caption|text|title|words|heading)|write something|(?:make|turn) (?:it|this|that)(?: into)? an? meme|make a meme)\b/;

/** A wish for letters that does not say which. */
function matchWithoutText(text: string): Match | undefined {
  return matchOf(TEXT_WANTED.exec(text), {
    operation: 'caption',
    plan: () => ({ nothing: 'Tell me in quotes what I am to write on it.' }),
  });
}

interface Asked {
  readonly text: string;
  readonly place: CaptionPlace;
  readonly color: string | undefined;
  readonly size: LetterSize | undefined;
  readonly opacity: number;
  readonly isMeme?: boolean;
}

/** A date or a copyright goes into a corner, in small letters, unless something else is said. */
function placed(text: string, place: CaptionPlace | undefined): Pick<Asked, 'text' | 'place'> {
  return { text, place: place ?? (NOTE.test(text) ? 'bottom right' : 'bottom') };
}

/** The first text at the top and the last at the bottom; one alone where it is said to be. */
function memeTexts(
  texts: readonly { readonly quote: string; readonly at: number }[],
  words: string,
  whole: string,
): Pick<Asked, 'text' | 'place'>[] {
  if (texts.length === 1) {
    const place = letterPlaceIn(words) ?? 'bottom';
    return texts.map(({ quote }) => ({ text: quote, place }));
  }
  const swapped = whole.indexOf('bottom') >= 0 && whole.indexOf('bottom') < whole.indexOf('top');
  return texts.slice(0, 2).map(({ quote }, index) => ({
    text: quote,
    place: (index === 0) === swapped ? 'bottom' : 'top',
  }));
}

function captionWish({ text: asked, place, color, size, opacity, isMeme = false }: Asked): Wish {
  const text = isMeme ? asked.toUpperCase() : asked;
  return {
    operation: 'caption',
    plan: (photo) => {
      const style = isMeme ? MEME : 'plain';
      const scale = scaleFor(text, photo, size, isMeme);
      const base = { text, place, style, scale, opacity };
      if (captionFontSize(base, photo) < SMALLEST_FONT * 0.9) {
        return { nothing: 'It is too small for that text to be readable on it.' };
      }
      const chosen =
        color ?? (isMeme ? 'white' : readableColour(photo, { ...base, color: 'white' }));
      const contrast = 1 + ((READABLE - 1) * opacity) / 100;
      return {
        params: { ...base, color: chosen },
        goals: [
          { metric: 'textContrast', atLeast: contrast },
          { metric: 'untouched', atLeast: 45 },
        ],
        why: `I write “${text}” at the ${place} in ${chosen} letters${color !== undefined || isMeme ? '' : ', which stand out best there'}, readable at a contrast of ${contrast.toFixed(1)} : 1 or more.`,
      };
    },
  };
}

/** Percent of the usual size. The letters of a meme are as large as two lines of them allow. */
function scaleFor(
  text: string,
  photo: Size,
  size: LetterSize | undefined,
  isMeme: boolean,
): number {
  if (size && 'pixels' in size) return Math.round((100 * size.pixels) / usualFontSize(photo));
  if (size) return Math.round(size.percent);
  if (!isMeme) return NOTE.test(text) ? 55 : 100;
  let scale = 190;
  const lines = (): number =>
    linesOf(text, (usualFontSize(photo) * scale) / 100, photo.width * 0.92);
  while (scale > 100 && lines() > 2) scale -= 10;
  return scale;
}

/** White or black, whichever stands out from the mean of what lies behind. */
function readableColour(photo: Photo, params: Params): 'white' | 'black' {
  const { width, height } = photo.copy;
  const box = captionBox(params, { width, height });
  let sum = 0;
  for (let y = box.top; y < box.top + box.height; y += 1) {
    for (let x = box.left; x < box.left + box.width; x += 1) {
      sum += photo.lightness[y * width + x] ?? 0;
    }
  }
  const behind = luminanceOf(sum / (box.width * box.height));
  return contrastRatio(1, behind) >= contrastRatio(0, behind) ? 'white' : 'black';
}
