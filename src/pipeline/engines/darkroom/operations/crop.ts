import type { Clause } from '../language/clause.ts';
import type { Match, Operation, Wish } from '../operation.ts';
import { integer, phrase } from '../phrase.ts';
import { cropBars, cropByThirds, cropToSubject } from '../shapes/crop-around.ts';
import { cutSides, SIDES, type Cut, type Side } from '../shapes/crop-sides.ts';
import { cropTighter, cropToBox, cropToRatio, type Anchor } from '../shapes/crop-to.ts';
import { padTo, paddedToRatio } from '../shapes/pad-to.ts';
import { spanOf, WITHOUT_CROPPING } from '../shapes/shape-words.ts';

const VERB = String.raw`(?:crop(?:ped|ping)?|trim|cut|square|frame|reframe|aspect ratio|ratio|format|shape|orientation|fit|make|turn|convert|set|as|in|into|to)`;
const RATIO = new RegExp(
  String.raw`\b(?:${VERB}\b[^,]*?)?(\d{1,2}(?:\.\d+)?) ?(?::|x|by|to|\/) ?(\d{1,2}(?:\.\d+)?)\b(?! ?(?:px|pixels?|degrees|%|stops?))`,
);
const NAMED: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:crop(?:ped)? |make |cut |trim |turn )?(?:(?:it|this|that) )?(?:in)?(?:to )?(?:a |as a )?(?:perfect )?square(?:d)?(?: (?:format|crop|shape|picture|photo|image))?\b/,
    1,
  ],
  [/\b(?:widescreen|cinema(?:tic)? (?:format|crop|ratio))\b(?: (?:format|crop|ratio))?/, 16 / 9],
  [/\b(?:ultra ?wide|anamorphic|cinemascope)\b(?: (?:format|crop|ratio))?/, 2.39],
  [
    /\bportrait (?:format|crop|orientation|mode|aspect|ratio|shape)\b|\b(?:crop|cut)\b.*\bportrait\b|\bvertical (?:crop|format)\b/,
    4 / 5,
  ],
  [
    /\blandscape (?:format|crop|orientation|mode|aspect|ratio|shape)\b|\b(?:crop|cut)\b.*\blandscape\b|\bhorizontal (?:crop|format)\b/,
    3 / 2,
  ],
];
const CROPS = /\b(?:crop(?:ped|ping)?|trim(?:med)?|cut|chop|shave|slice|take)\b/;
const CUT = String.raw`(?:crop|trim|cut|chop|shave|slice|take|remove)(?: (?:it|this))?`;
const MEASURE = String.raw`(\d+(?:\.\d+)?) ?(%|px|pixels?)`;
const PART = String.raw`(?: (?:sides?|edges?|half|part|third))?`;
const SIDE_NAMES = String.raw`((?:top|bottom|left|right)(?:(?: (?:side|edge))?~(?:top|bottom|left|right))*|(?:all(?: 4)?|both|each|every|4)(?: (?:of )?(?:the |its )?)?(?: ?(?:sides?|edges?))|(?:the )?sides|(?:all|every|each) (?:around|edge)|all round|edges)`;
const SIDE = new RegExp(
  String.raw`\b${CUT}(?: (?:off|out|away))? ?(?:the )?(?:${MEASURE}|(half|third))? ?(?:(?:off|from|of|at|on) )*(?:the )?${SIDE_NAMES}${PART}(?: by)?(?: ${MEASURE})?(?: off)?(?![a-z])`,
);
/** "… 50px off the bottom", after another side was named. */
const MORE_SIDE = new RegExp(
  String.raw`^${MEASURE} (?:(?:off|from|at) )+(?:the )?${SIDE_NAMES}${PART}$`,
);
const TIGHTER =
  /\b(?:crop(?:ped)? (?:it |this )?(?:(?:in|much|a bit|a little|slightly) )*(?:tight(?:er|ly)?|close(?:r)?|in)|tighter(?: (?:crop|framing))?|zoom in|closer crop|crop (?:it )?closer|(?:re)?frame (?:it )?(?:tighter|closer))\b/;
const KEEP =
  /\b(?:keep(?:ing)?|from|on|at|to|toward|towards|around|of) the (left|right|top|bottom|center)\b|\b(center)(?: crop)?\b/;
const SUBJECT =
  /\b(?:crop|cut|trim|zoom|frame|reframe)(?:ped)?(?: (?:it|this|in|down|out|closely|tightly|close|tight|everything))* (?:to|around|on|onto|for|but) (?:just |only )?(?:the |my |her |his |their )?(?:main )?(?:subjects?|object|persons?|people|man|woman|girl|boy|kids?|child|baby|dog|cat|pet|animal|bird|product|face|important part|interesting part|most interesting part|center of attention|action)\b/;
const THIRDS =
  /\b(?:(?:crop|frame|reframe|compose|recompose|follow|use|apply|with|to|by|using|according to|on)(?: (?:it|this|that))? )*(?:the )?(?:rule of (?:third|3)s?|thirds)(?: (?:crop|composition|framing|rule))?\b|\b(?:better composition|recompose(?: it)?|improve the composition)\b/;
const BARS =
  /\b(?:remove|crop|cut|trim|get rid of|delete|take|strip|lose|no more)(?: (?:out|off|away))? (?:(?:the|those|these|its|all|any|ugly) )*(black|white|dark|colored|gray|plain|uniform|empty|blank)? ?(?:bars?|borders?|frames?|letterbox(?:ing)?|pillarbox(?:ing)?|margins?|edges|padding|bands?|whitespace|white space)\b(?: (?:on|at|from|around|of) (?:(?:the|both|all|it|its|top|bottom|left|right|sides?|edges?|picture|photo|image)[ ~]?)+)?(?: (?:off|away|out))?/;
/** "… from 100,50", as `normalize` writes it. */
const BOX =
  /\b(?:crop|cut|trim)?(?: (?:it|this|out))*(?: to)?(?: an?)?(?: (?:box|area|region|rectangle|part)(?: of)?)? ?(\d{1,5}) ?(?:px )?(?:x|by) ?(\d{1,5})(?: ?px| pixels?)?(?: (?:box|area|region|rectangle))?(?:,? (?:starting |beginning )?(?:from|at|offset)(?: the)?(?: (?:point|position|pixel|corner|offset))? \(?(?:x ?= ?)?(\d{1,5}) ?[@,x] ?(?:y ?= ?)?(\d{1,5})\)?(?: px)?)/;
const CORNERS =
  /\b(?:crop|cut|trim)(?: (?:it|this|out))*(?: (?:to|the|from|box|area|region|rectangle))* \(?(\d{1,5}) ?@ ?(\d{1,5})\)? ?(?:to|-|through) ?\(?(\d{1,5}) ?[@,] ?(\d{1,5})\)?/;

/** "Crop it", which does not say to what. */
const BARE =
  /^(?:(?:please|just|now|then|can you|could you|would you) )*(?:crop|trim|recrop)(?: (?:it|this|that|(?:(?:the|my|this) )?(?:picture|photo|image|pic)))?(?: (?:for me|please|now|then))*$/;

/** Cuts the picture to a shape or by its sides; what stays is not touched. */
export const crop: Operation = {
  name: 'crop',
  offer: 'crop it (to a shape, a box, its subject, by its sides)',
  order: 10,
  regional: false,
  phrase: phrase(
    'Crop {region} to {width} × {height} px, {left} px from the left and {top} px from the top',
    { width: integer, height: integer, left: integer, top: integer },
  ),
  work: {
    kind: 'move',
    move: ({ sharp, size, full, deep }, params) => {
      const scaleX = size.width / full.width;
      const scaleY = size.height / full.height;
      const to = { width: Number(params['width']), height: Number(params['height']) };
      const actual = {
        width: Math.min(size.width, Math.max(1, Math.round(to.width * scaleX))),
        height: Math.min(size.height, Math.max(1, Math.round(to.height * scaleY))),
      };
      const left = Math.min(size.width - actual.width, Math.round(Number(params['left']) * scaleX));
      const top = Math.min(size.height - actual.height, Math.round(Number(params['top']) * scaleY));
      return { sharp: sharp.extract({ left, top, ...actual }), size: actual, full: to, deep };
    },
  },
  match: matchCrop,
};

function matchCrop({ text, amount, negated }: Clause): Match | undefined {
  if (negated && (CROPS.test(text) || WITHOUT_CROPPING.test(text))) {
    return { used: [], wishes: [cropTighter(1)] };
  }
  const anchor = anchorIn(text);
  const found =
    boxIn(text) ??
    simply(THIRDS.exec(text), cropByThirds) ??
    simply(SUBJECT.exec(text), cropToSubject) ??
    barsIn(text) ??
    shapeOf(text, anchor) ??
    sidesIn(text);
  if (found) return found;
  const tighter = TIGHTER.exec(text);
  if (!tighter) return simply(BARE.exec(text.trim()), CROP_TO_WHAT);
  const kept = amount.percent === undefined ? 1 - 0.2 * amount.scale : 1 - amount.percent / 100;
  return withKeep(text, tighter, cropTighter(Math.min(0.95, Math.max(0.3, kept))));
}

const CROP_TO_WHAT: Wish = {
  operation: 'crop',
  vague: true,
  plan: () => ({
    nothing:
      'What shall I crop it to: a shape (“square”, “16:9”), its subject, or less of a side (“10% off the left”)?',
  }),
};

function boxIn(text: string): Match | undefined {
  const box = BOX.exec(text);
  if (box) {
    const [width = 0, height = 0, left = 0, top = 0] = box.slice(1).map(Number);
    return simply(box, cropToBox({ width, height }, { left, top }));
  }
  const corners = CORNERS.exec(text);
  if (!corners) return undefined;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.slice(1).map(Number);
  const size = { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  return simply(corners, cropToBox(size, { left: Math.min(x1, x2), top: Math.min(y1, y2) }));
}

function barsIn(text: string): Match | undefined {
  const bars = BARS.exec(text);
  const tone = bars?.[1] === 'black' || bars?.[1] === 'dark' ? 'black' : bars?.[1];
  // "Cut 5 % off the edges" names how much: the sides are meant.
  if (!bars || /\d ?(?:%|px)/.test(text)) return undefined;
  return simply(bars, cropBars(tone === 'black' || tone === 'white' ? tone : 'any'));
}

function shapeOf(text: string, anchor: Anchor | undefined): Match | undefined {
  const shape = (ratio: number) =>
    cropToRatio({
      ratio,
      ...(anchor && { anchor }),
      instead: [padTo(paddedToRatio(ratio), { fill: 'white' })],
    });
  const named = NAMED.find(([pattern]) => pattern.test(text));
  if (named) return withKeep(text, named[0].exec(text), shape(named[1]));
  const ratio = RATIO.exec(text);
  if (!ratio || !(ratio[0].includes(':') || new RegExp(String.raw`\b${VERB}\b`).test(text))) {
    return undefined;
  }
  const value = Number(ratio[1]) / Number(ratio[2]);
  return value >= 0.05 && value <= 20 ? withKeep(text, ratio, shape(value)) : undefined;
}

function sidesIn(text: string): Match | undefined {
  const more = MORE_SIDE.exec(text);
  if (more) return simply(more, cutSides(sidesOf(more[3]), cutOf(more[1], more[2])));
  const side = SIDE.exec(text);
  if (!side) return undefined;
  const [, number, unit, part, sides, numberAfter, unitAfter] = side;
  const rough: Cut | undefined =
    part === 'half'
      ? { amount: 50, inPixels: false }
      : part === 'third'
        ? { amount: 100 / 3, inPixels: false }
        : undefined;
  const cut = rough ?? cutOf(number ?? numberAfter, unit ?? unitAfter);
  return simply(side, cutSides(sidesOf(sides), cut));
}

/** 15 % where it is not said how much. */
const cutOf = (number: string | undefined, unit: string | undefined): Cut => ({
  amount: number === undefined ? 15 : Number(number),
  inPixels: number !== undefined && unit !== '%',
});

function sidesOf(words = ''): readonly Side[] {
  const named = SIDES.filter((side) => words.includes(side));
  if (named.length > 0) return named;
  return words.includes('both') || /^(?:the )?sides$/.test(words) ? ['left', 'right'] : SIDES;
}

function anchorIn(text: string): Anchor | undefined {
  if (!CROPS.test(text) && !/\bkeep/.test(text)) return undefined;
  const found = KEEP.exec(text);
  return (found?.[1] ?? found?.[2]) as Anchor | undefined;
}

const simply = (found: RegExpExecArray | null, wish: Wish): Match | undefined =>
  found ? { used: [spanOf(found)], wishes: [wish] } : undefined;

/** The found words together with "crop" before and "keep the left" behind them. */
function withKeep(text: string, found: RegExpExecArray | null, wish: Wish): Match | undefined {
  if (!found) return undefined;
  let { from, to } = spanOf(found);
  for (const word of [CROPS.exec(text), KEEP.exec(text)]) {
    if (!word) continue;
    from = Math.min(from, word.index);
    to = Math.max(to, word.index + word[0].length);
  }
  return { used: [{ from, to }], wishes: [wish] };
}
