import {
  CAPTION_PLACES,
  captionBox,
  captionFontSize,
  renderGlyphs,
  SMALLEST_FONT,
  type CaptionPlace,
} from '../pixels/caption-layout.ts';
import {
  contrastRatio,
  LINEAR_OF_BYTE,
  luminance,
  luminanceOf,
  type Triple,
} from '../pixels/colour.ts';
import { namedColour } from '../pixels/colour-names.ts';
import { dilate } from '../pixels/dilate.ts';
import type { Clause } from '../language/clause.ts';
import type { Match, Operation } from '../operation.ts';
import type { Painting, Size } from '../pixels/box.ts';
import type { Photo } from '../measure/photo.ts';
import { integer, oneOf, phrase, quoted, type Params } from '../phrase.ts';

const COLOURS = {
  white: namedColour('white'),
  black: namedColour('black'),
  red: namedColour('red'),
  orange: namedColour('orange'),
  yellow: namedColour('yellow'),
  gold: namedColour('gold'),
  green: namedColour('green'),
  blue: namedColour('blue'),
  purple: namedColour('purple'),
  pink: namedColour('pink'),
  gray: namedColour('gray'),
} as const satisfies Record<string, Triple>;

type Colour = keyof typeof COLOURS;

/** From the lightest touch to the surest. */
const STYLES = ['plain', 'outlined', 'boxed'] as const;
const READABLE = 4.5;

const SIZES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:tiny)\b/, 45],
  [/\b(?:small|little|smaller)\b/, 65],
  [/\b(?:huge|giant|massive|very large|very big)\b/, 220],
  [/\b(?:big|large|bigger|larger)\b/, 150],
];
const WORDS =
  /\b(?:caption|text|title|subtitle|heading|headline|label|write|written|type|say(?:s|ing)?|reads?|reading|words?|stamp|watermark|add|put|place|insert|overlay|with)\b/;

/** Writes a text on the picture, as plainly as it stays readable. */
export const caption: Operation = {
  name: 'caption',
  offer: 'write a caption on it',
  order: 50,
  regional: false,
  phrase: phrase(
    'Write {text} at the {place} of {region} in {style} {color} letters of {scale} % of the usual size',
    {
      text: quoted,
      place: oneOf(...CAPTION_PLACES.toSorted((one, other) => other.length - one.length)),
      style: oneOf(...STYLES),
      color: oneOf(...Object.keys(COLOURS)),
      scale: integer,
    },
  ),
  work: { kind: 'overlay', paint },
  match: matchCaption,
  correct: (params, missed) => {
    if (!missed.some(({ goal }) => goal.metric === 'textContrast')) return undefined;
    const style = STYLES[STYLES.findIndex((name) => name === params['style']) + 1];
    return style && { ...params, style };
  },
};

function matchCaption({ text, quotes, amount }: Clause): Match | undefined {
  const found = /"(\d+)"/.exec(text);
  const quote = quotes[Number(found?.[1])];
  if (!found || !quote || !WORDS.test(text)) return undefined;
  const place = placeIn(text);
  const color = (Object.keys(COLOURS) as Colour[]).find((name) =>
    new RegExp(String.raw`\b${name}\b`).test(text),
  );
  const scale = amount.percent ?? SIZES.find(([pattern]) => pattern.test(text))?.[1] ?? 100;
  return {
    used: [{ from: 0, to: text.length }],
    wishes: [
      {
        operation: 'caption',
        plan: (photo) => {
          const base = { text: quote, place, style: 'plain', scale: Math.round(scale) };
          if (captionFontSize(base, photo) < SMALLEST_FONT * 0.9) {
            return { nothing: 'It is too small for that text to be readable on it.' };
          }
          const chosen = color ?? readableColour(photo, { ...base, color: 'white' });
          return {
            params: { ...base, color: chosen },
            goals: [
              { metric: 'textContrast', atLeast: READABLE },
              { metric: 'untouched', atLeast: 45 },
            ],
            why: `I write “${quote}” at the ${place} in ${chosen} letters${color ? '' : ', which stand out best there'}, readable at a contrast of ${READABLE} : 1 or more.`,
          };
        },
      },
    ],
  };
}

function placeIn(text: string): CaptionPlace {
  const upright = /\b(?:top|upper|above)\b/.test(text)
    ? 'top'
    : /\b(?:bottom|lower|below|under)\b/.test(text)
      ? 'bottom'
      : undefined;
  const side = /\bleft\b/.test(text) ? 'left' : /\bright\b/.test(text) ? 'right' : undefined;
  if (side) return `${upright ?? 'bottom'} ${side}`;
  if (upright) return upright;
  return /\bcenter\b/.test(text) ? 'center' : 'bottom';
}

/** White or black, whichever stands out from the mean of what lies behind. */
function readableColour(photo: Photo, params: Params): Colour {
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

/** The letters and, where the style has them, the outline or the box behind them. */
async function paint(size: Size, params: Params): Promise<Painting> {
  const { box, coverage, fontSize } = await renderGlyphs(params, size);
  const colour = COLOURS[params['color'] as Colour] ?? COLOURS.white;
  const behind = contrastColour(colour);
  const backing =
    params['style'] === 'outlined'
      ? dilate(coverage, box, Math.max(1, Math.round(fontSize * 0.1)))
      : params['style'] === 'boxed'
        ? rectangleAround(coverage, box, Math.round(fontSize * 0.4))
        : undefined;
  const rgba = new Uint8Array(box.width * box.height * 4);
  for (let pixel = 0; pixel < coverage.length; pixel += 1) {
    const letter = (coverage[pixel] as number) / 255;
    const under = backing ? (backing[pixel] as number) / 255 : 0;
    const alpha = letter + under * (1 - letter);
    if (alpha === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[pixel * 4 + channel] = Math.round(
        ((colour[channel] as number) * letter +
          (behind[channel] as number) * under * (1 - letter)) /
          alpha,
      );
    }
    rgba[pixel * 4 + 3] = Math.round(alpha * 255);
  }
  return { box, rgba };
}

function contrastColour(colour: Triple): Triple {
  const [red, green, blue] = colour.map((value) => LINEAR_OF_BYTE[value] ?? 0);
  const light = luminance(red ?? 0, green ?? 0, blue ?? 0);
  return contrastRatio(light, 0) >= contrastRatio(light, 1) ? COLOURS.black : COLOURS.white;
}

/** Nearly opaque over the smallest rectangle that holds all letters, grown by a margin. */
function rectangleAround(
  coverage: Uint8Array,
  { width, height }: Size,
  margin: number,
): Uint8Array {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, pixel = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, pixel += 1) {
      if ((coverage[pixel] as number) === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const filled = new Uint8Array(coverage.length);
  for (let y = Math.max(0, top - margin); y <= Math.min(height - 1, bottom + margin); y += 1) {
    const row = y * width;
    filled.fill(235, row + Math.max(0, left - margin), row + Math.min(width, right + margin + 1));
  }
  return filled;
}
