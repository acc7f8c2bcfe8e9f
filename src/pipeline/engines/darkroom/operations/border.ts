import type { Clause } from '../language/clause.ts';
import type { Match, Operation, Wish } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { layInto, plainPixels } from '../pixels/frame.ts';
import { COLOUR_PATTERN, colourField, colourIn, colourOf } from '../pixels/named-colours.ts';
import { integer, phrase, type Params } from '../phrase.ts';
import { cropToRatio } from '../shapes/crop-to.ts';
import { shapeIn, spanOf } from '../shapes/shape-words.ts';
import { isPossible, sizeTo } from '../shapes/size-to.ts';

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
type Side = (typeof SIDES)[number];
/** Pixels at each side. */
type Widths = Readonly<Record<Side, number>>;

const NOUN = String.raw`(?:borders?|frames?|edging|outline|margins?|padding|mat|passe-?partout|stripe|strip|band|(?<=\b(?:white|black|empty|blank|extra|more|px|pixels|colored) )space)`;
const MEASURE = String.raw`(?:of )?(?:about )?\d+(?:\.\d+)? ?(?:px|pixels?|%)(?: (?:wide|thick))?`;
const ADJECTIVE = String.raw`(?:very|really|super|thin|slim|narrow|fine|small|subtle|thick|wide|big|large|heavy|chunky|fat|bold|clean|simple|plain|nice|solid|colored|picture|photo|image|double|outer|minimal(?:ist)?|single|even|medium|classic|gallery|empty|extra|${COLOUR_PATTERN}|${MEASURE})`;
const PLACES = String.raw`(?: (?:on|at|to|along|around|round|about|in|all around)(?: (?:it|this|that|them|(?:(?:the|my|all|both|each|every|4) )*(?:whole )?(?:edges?|sides?|outside|picture|photo|image|top|bottom|left|right)))?(?: (?:side|edge))?)*`;
const WORDS = new RegExp(
  String.raw`\b(?:(?:add|put|draw|place|give|apply|with|have|use|make|wrap|surround|needs?|want)(?:ing)? )?(?:(?:it|this|that|the picture|the photo|the image) )?(?:(?:in|with|inside) )?(?:(?:a|an|some|the) )?(?:${ADJECTIVE}[, ]*)*\b${NOUN}\b(?: (?:(?:in|of|with) (?:a )?)?${COLOUR_PATTERN}(?: color)?)?(?: ${MEASURE})?${PLACES}(?: (?:of|with|by|in) (?:${MEASURE}|${COLOUR_PATTERN}))?`,
);
const POLAROID =
  /\b(?:(?:like|as|into|in|with|add|make it|turn it into|give it|put it in) )*(?:a |an )?(?:white |classic |retro |vintage )?(?:polaroid|instax|instant (?:photo|film|camera))(?:[- ](?:style|like|look|type))?(?: (?:style|look|type))?(?: (?:frame|border|picture|photo|print|effect|card))?\b/;
const SURROUND = new RegExp(
  String.raw`\b(?:frame|border|surround|outline|mat) (?:it|this|that|the (?:picture|photo|image)|my (?:picture|photo|image)) (?:in|with) (?:a )?(?:${ADJECTIVE} ?)+(?:\b(?:line|${NOUN})\b)?`,
);
/** Padding of a width at every side, and not to a shape. */
const PADDED = new RegExp(
  String.raw`\bpad(?:ded)?(?: (?:it|this|that|the (?:picture|photo|image)))? (?:with|by) ${MEASURE}(?: (?:of )?${COLOUR_PATTERN})?(?: (?:padding|space|pixels))?${PLACES}`,
);
/** What is there is to go, or the word is no border at all. */
const NOT_A_BORDER =
  /\b(?:remove|removing|without|no|get rid of|crop (?:out|off|away)|cut (?:off|away)|trim|delete|erase|in|out of|from|whole|entire|full|blur|sharpen|brighten|darken)(?: of)? (?:(?:the|a|any|its|that|this|white|black|colored|its) )*(?:border|frame|borders|frames|edges|margins?)\b|\bframe (?:rate|tighter|closer)\b|\btext (?:outline|border)|letters? .*outline|\boutline(?:d)? (?:text|letters)|\b(?:crop|cut|trim|chop|take)\b.*\b(?:border|frame)s?\b.*\b(?:out|off|away)\b/;

/** Puts a plain frame of one colour around the picture. */
export const border: Operation = {
  name: 'border',
  offer: 'put a border or a polaroid frame around it',
  order: 61,
  regional: false,
  phrase: phrase(
    'Frame {region} in {color} with {top} px at the top, {right} px at the right, {bottom} px at the bottom, {left} px at the left',
    { color: colourField(), top: integer, right: integer, bottom: integer, left: integer },
  ),
  work: {
    kind: 'frame',
    frame: (pixels, params) => {
      const { outer, inner } = inside(pixels, params);
      const ground = plainPixels(outer, pixels, colourOf(String(params['color'])));
      layInto(ground, pixels, inner);
      return Promise.resolve(ground);
    },
    inside,
  },
  match: matchBorder,
};

function inside({ width, height }: Size, params: Params) {
  const [top, right, bottom, left] = SIDES.map((side) => Number(params[side]));
  return {
    outer: {
      width: width + (left ?? 0) + (right ?? 0),
      height: height + (top ?? 0) + (bottom ?? 0),
    },
    inner: { left: left ?? 0, top: top ?? 0, width, height },
  };
}

function matchBorder(clause: Clause): Match | undefined {
  const { text } = clause;
  if (NOT_A_BORDER.test(text)) {
    return clause.negated && WORDS.test(text)
      ? { used: [], wishes: [borderWish(() => none, 'white')] }
      : undefined;
  }
  const polaroid = POLAROID.exec(text);
  const found = polaroid ?? SURROUND.exec(text) ?? PADDED.exec(text) ?? WORDS.exec(text);
  if (!found) return undefined;
  const [words] = found;
  const color = colourIn(words) ?? colourIn(text) ?? 'white';
  const widths = polaroid ? polaroidWidths : widthsIn(words);
  const double = /\bdouble\b/.test(words);
  const wishes = double
    ? [borderWish(evenly(0.008), color === 'black' ? 'white' : 'black'), borderWish(widths, color)]
    : [borderWish(widths, color)];
  const named = shapeIn(text);
  const size = named?.size;
  if (!named || !size) return { used: [spanOf(found)], wishes };
  // A size that is named together with a border is the size of the file.
  const within = fileWithin(size, widths);
  return {
    used: [spanOf(found), named.used],
    wishes: [
      cropToRatio({ ratio: within.width / within.height, quiet: true }),
      sizeTo(() => within, { quiet: true }),
      borderWish(() => widths(size), color),
    ],
  };
}

const none: Widths = { top: 0, right: 0, bottom: 0, left: 0 };

/** The same width at every side, as a share of the shorter one. */
const evenly =
  (share: number) =>
  ({ width, height }: Size): Widths => {
    const pixels = Math.max(1, Math.round(Math.min(width, height) * share));
    return { top: pixels, right: pixels, bottom: pixels, left: pixels };
  };

/** The proportions of an instant photo: about 6 % at three sides and three times that below. */
const polaroidWidths = (size: Size): Widths => {
  const widths = evenly(0.065)(size);
  return { ...widths, bottom: Math.round(widths.bottom * 3.3) };
};

/** How wide the words want it, and at which sides. */
function widthsIn(words: string): (size: Size) => Widths {
  const measure = /(\d+(?:\.\d+)?) ?(px|pixels?|%)/.exec(words);
  const value = Number(measure?.[1]);
  const share =
    measure?.[2] === '%'
      ? value / 100
      : /\b(?:very thin|very fine|hairline|very narrow)\b/.test(words)
        ? 0.006
        : /\b(?:thin|slim|narrow|fine|small|subtle|minimal(?:ist)?)\b/.test(words)
          ? 0.015
          : /\b(?:very|super|really) (?:thick|wide|big|large)\b/.test(words)
            ? 0.14
            : /\b(?:thick|wide|big|large|heavy|chunky|fat|bold|gallery|mat|passe)\b/.test(words)
              ? 0.09
              : 0.04;
  const inPixels = measure !== null && measure[2] !== '%';
  const only = SIDES.filter((side) =>
    new RegExp(String.raw`(?:at|on|to|along|in) (?:the )?(?:[a-z]+~)?${side}\b`).test(words),
  );
  return (size) => {
    const width = inPixels ? Math.round(value) : evenly(share)(size).top;
    const at = (side: Side): number => (only.length === 0 || only.includes(side) ? width : 0);
    return { top: at('top'), right: at('right'), bottom: at('bottom'), left: at('left') };
  };
}

/** The size that is left for the picture in a file of this size. */
function fileWithin({ width, height }: Size, widths: (size: Size) => Widths): Size {
  const { top, right, bottom, left } = widths({ width, height });
  return {
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - top - bottom),
  };
}

function borderWish(widths: (size: Size) => Widths, color: string): Wish {
  return {
    operation: 'border',
    plan: (photo) => {
      const { top, right, bottom, left } = widths(photo);
      const size = { width: photo.width + left + right, height: photo.height + top + bottom };
      if (top + right + bottom + left === 0) return { nothing: 'A border of 0 px is none.' };
      if (!isPossible(size)) {
        return { nothing: `With that border it would be larger than I make a picture.` };
      }
      return {
        params: { color, top, right, bottom, left },
        goals: [
          { metric: 'wholeWidth', at: size.width, within: 0 },
          { metric: 'wholeHeight', at: size.height, within: 0 },
          { metric: 'frameColor', atMost: 2 },
          { metric: 'framedLikeness', atLeast: 95 },
        ],
        why: `I put a ${color} frame around it, ${widthsInWords({ top, right, bottom, left })}; it is ${size.width} × ${size.height} px then.`,
      };
    },
  };
}

function widthsInWords(widths: Widths): string {
  const { top, right, bottom, left } = widths;
  if (top === right && top === left) {
    return bottom === top ? `${top} px wide` : `${top} px wide, at the bottom ${bottom} px`;
  }
  return SIDES.filter((side) => widths[side] > 0)
    .map((side) => `${widths[side]} px at the ${side}`)
    .join(', ');
}
