import type { Clause } from '../language/clause.ts';
import { matchOf } from '../language/match.ts';
import type { Match, Operation, Planned, Wish } from '../operation.ts';
import { integer, phrase, round } from '../phrase.ts';
import { eyeCatchingOffset } from '../measure/saliency.ts';

type Anchor = 'left' | 'right' | 'top' | 'bottom' | 'center';
type Side = Exclude<Anchor, 'center'>;

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
const SIDE =
  /\b(?:crop|trim|cut|chop|shave|slice|take|remove)(?: (?:off|out|away))? ?(?:the )?(?:(\d+(?:\.\d+)?) ?(%|px|pixels?)|(half|third))? ?(?:(?:off|from|of|at|on) )*(?:the )?(top|bottom|left|right)(?: (?:side|edge|half|part|third))?(?: by)?(?: (\d+(?:\.\d+)?) ?(%|px|pixels?))?(?: off)?\b/;
const TIGHTER =
  /\b(?:crop(?:ped)? (?:it |this )?(?:(?:in|much|a bit|a little|slightly) )*(?:tight(?:er|ly)?|close(?:r)?|in)|tighter(?: crop)?|zoom in|closer crop|crop (?:it )?closer)\b/;
const KEEP =
  /\b(?:keep(?:ing)?|from|on|at|to|toward|towards|around|of) the (left|right|top|bottom|center)\b|\b(center)(?: crop)?\b/;

/** Cuts the picture to a shape or by its sides; what stays is not touched. */
export const crop: Operation = {
  name: 'crop',
  offer: 'crop it (to a shape or by its sides)',
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

function matchCrop({ text, amount }: Clause): Match | undefined {
  const anchor = anchorIn(text);
  const named = NAMED.find(([pattern]) => pattern.test(text));
  if (named) {
    return matchOf(withKeep(text, named[0].exec(text)), cropToRatio(named[1], anchor));
  }
  const ratio = RATIO.exec(text);
  if (ratio && (ratio[0].includes(':') || new RegExp(String.raw`\b${VERB}\b`).test(text))) {
    const value = Number(ratio[1]) / Number(ratio[2]);
    if (value >= 0.05 && value <= 20)
      return matchOf(withKeep(text, ratio), cropToRatio(value, anchor));
  }
  const side = SIDE.exec(text);
  if (side) {
    const number = side[1] ?? side[5];
    const unit = side[2] ?? side[6] ?? '%';
    const half = side[3] === 'half' ? 50 : side[3] === 'third' ? 100 / 3 : undefined;
    const amountToCut = number === undefined ? (half ?? 15) : Number(number);
    return matchOf(
      side,
      cutSide(side[4] as Side, amountToCut, number !== undefined && unit !== '%'),
    );
  }
  const tighter = TIGHTER.exec(text);
  if (tighter) {
    const kept = amount.percent === undefined ? 1 - 0.2 * amount.scale : 1 - amount.percent / 100;
    return matchOf(withKeep(text, tighter), cropTighter(Math.min(0.95, Math.max(0.3, kept))));
  }
  return undefined;
}

/** Cuts to a width : height ratio, around what catches the eye unless it is said what to keep. */
export function cropToRatio(ratio: number, anchor?: Anchor): Wish {
  return {
    operation: 'crop',
    plan: (photo) => {
      const wide = photo.width / photo.height > ratio;
      const width = wide ? Math.max(1, Math.round(photo.height * ratio)) : photo.width;
      const height = wide ? photo.height : Math.max(1, Math.round(photo.width / ratio));
      if (width >= photo.width && height >= photo.height) {
        return { nothing: `Its shape is ${round(ratio, 2)} : 1 already.` };
      }
      const axis = wide ? 'x' : 'y';
      const share = wide ? width / photo.width : height / photo.height;
      const offset = offsetOf(anchor, axis) ?? eyeCatchingOffset(photo, axis, share);
      const kept = anchor ? `keeping the ${anchor}` : 'around what catches the eye most';
      return planned(
        {
          width,
          height,
          left: wide ? Math.round((photo.width - width) * offset) : 0,
          top: wide ? 0 : Math.round((photo.height - height) * offset),
        },
        `I crop it to ${width} × ${height} px, ${kept}.`,
        ratio,
      );
    },
  };
}

function cutSide(side: Side, amount: number, inPixels: boolean): Wish {
  return {
    operation: 'crop',
    plan: (photo) => {
      const upright = side === 'top' || side === 'bottom';
      const length = upright ? photo.height : photo.width;
      const cut = Math.round(inPixels ? amount : (length * amount) / 100);
      if (cut <= 0 || cut >= length) {
        return { nothing: `I can't cut ${cut} px from a side of ${length} px.` };
      }
      return planned(
        {
          width: upright ? photo.width : photo.width - cut,
          height: upright ? photo.height - cut : photo.height,
          left: side === 'left' ? cut : 0,
          top: side === 'top' ? cut : 0,
        },
        `I cut ${cut} px from the ${side}.`,
      );
    },
  };
}

function cropTighter(kept: number): Wish {
  return {
    operation: 'crop',
    plan: (photo) => {
      const width = Math.max(1, Math.round(photo.width * kept));
      const height = Math.max(1, Math.round(photo.height * kept));
      if (width === photo.width) return { nothing: 'It is too small to be cropped tighter.' };
      return planned(
        {
          width,
          height,
          left: Math.round((photo.width - width) * eyeCatchingOffset(photo, 'x', kept)),
          top: Math.round((photo.height - height) * eyeCatchingOffset(photo, 'y', kept)),
        },
        `I crop it tighter, to ${round(kept * 100, 0)} % of each side, around what catches the eye most.`,
      );
    },
  };
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

function planned(frame: Frame, why: string, ratio?: number): Planned {
  const exact = frame.width / frame.height;
  return {
    params: { ...frame },
    goals: [
      ...(ratio === undefined
        ? []
        : [
            {
              metric: 'aspectRatio' as const,
              at: ratio,
              // Whole pixels allow no better than this.
              within: Math.max(0.005, Math.abs(exact - ratio) + 0.001),
            },
          ]),
      { metric: 'width', at: frame.width, within: 0 },
      { metric: 'height', at: frame.height, within: 0 },
      { metric: 'likeness', atLeast: 95 },
    ],
    why,
  };
}

function anchorIn(text: string): Anchor | undefined {
  if (!CROPS.test(text) && !/\bkeep/.test(text)) return undefined;
  const found = KEEP.exec(text);
  return (found?.[1] ?? found?.[2]) as Anchor | undefined;
}

function offsetOf(anchor: Anchor | undefined, axis: 'x' | 'y'): number | undefined {
  if (anchor === 'center') return 0.5;
  if (axis === 'x') return anchor === 'left' ? 0 : anchor === 'right' ? 1 : undefined;
  return anchor === 'top' ? 0 : anchor === 'bottom' ? 1 : undefined;
}

/** The found words together with "crop" before and "keep the left" behind them. */
function withKeep(text: string, found: RegExpExecArray | null): RegExpExecArray | null {
  if (!found) return null;
  let from = found.index;
  let to = found.index + found[0].length;
  for (const word of [CROPS.exec(text), KEEP.exec(text)]) {
    if (!word) continue;
    from = Math.min(from, word.index);
    to = Math.max(to, word.index + word[0].length);
  }
  const all = [text.slice(from, to)] as unknown as RegExpExecArray;
  all.index = from;
  return all;
}
