import type { Clause } from '../language/clause.ts';
import type { Match, Operation } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { blurredGround, layInto, plainPixels } from '../pixels/frame.ts';
import { colourField, colourOf } from '../pixels/named-colours.ts';
import { isDeep, openPixels, toPixels, type Pixels } from '../pixels/pixels.ts';
import { integer, phrase, type Params } from '../phrase.ts';
import { cropToRatio } from '../shapes/crop-to.ts';
import { fillIn, FILL_WORDS, padTo, paddedToRatio, PICTURE_FILLS } from '../shapes/pad-to.ts';
import { shapeIn, spanOf, spansOf, WITHOUT_CROPPING } from '../shapes/shape-words.ts';
import { fittedInto, sizeTo } from '../shapes/size-to.ts';

const VERB =
  /\b(?:(?:make|turn|convert|set|get|bring|pad|fit|fill|put|place|extend|expand|letter ?-?box|pillar ?-?box)(?:s|ded|ding|ted|ting|ed|ing)?(?: (?:it|this|that|out))*(?: (?:the )?(?:picture|photo|image|canvas))?(?: out)?(?: (?:in|on|into|onto|inside|to|as))*(?: an?)?(?: be)?)\b/;
const PADS =
  /\b(?:pad(?:s|ded|ding)?|letter ?-?box(?:ed|es|ing)?|pillar ?-?box(?:ed|es|ing)?|(?:extend|expand|enlarge) the canvas)\b/;
const BARS =
  /\b(?:add(?:ing)? |use |put |give it |with )?(?:some |the )?(?:(?:white|black|gray|colored|blurred|blurry) )?(?:bars?|bands|padding|background|canvas|backdrop|blurred sides|fill|(?:sides|rest|gaps|edges) with (?:a )?blur(?:red)?)\b(?: (?:on|at|to) (?:the |both |all )?(?:sides?|top|bottom|edges))?(?: (?:to (?:make|get|fit|fill|have|turn)) (?:it |this )?(?:a |into )*)?/;
const CINEMA_BARS =
  /\b(?:cinema(?:tic)?|movie|film|theatrical) (?:black )?(?:bars|letterbox(?:ing)?)\b/;
/** "Fit it on a white background" is padding; "remove the background" is not. */
const LAID_ON =
  /\b(?:fit|put|place|make|turn|pad|fill|extend|set|cent(?:er|red)|square|with|add|use|for|sides|into)\b/;

/** Bars that are there are to go. */
const UNDONE =
  /\b(?:remove|crop (?:out|off|away)|get rid of|no|trim|cut (?:off|away)|delete)\b(?: \w+){0,3} (?:bars?|bands|padding|letter ?box(?:ing)?|pillar ?box(?:ing)?|background)\b/;

/** Puts bars at two sides of the picture until it has a shape or size; cuts nothing off. */
export const pad: Operation = {
  name: 'pad',
  offer: 'pad it to a shape or size (with white, black, colored or blurred bars)',
  order: 60,
  regional: false,
  phrase: phrase('Pad {region} to {width} × {height} px with {fill} bars', {
    width: integer,
    height: integer,
    fill: colourField('transparent', ...PICTURE_FILLS),
  }),
  work: { kind: 'frame', frame, inside },
  transparent: ({ fill }) => fill === 'transparent',
  match: matchPad,
};

function matchPad({ text, negated }: Clause): Match | undefined {
  if (negated || UNDONE.test(text)) return undefined;
  const cinema = CINEMA_BARS.exec(text);
  if (cinema) {
    return {
      used: [spanOf(cinema), ...spansOf(text, VERB)],
      wishes: [
        cropToRatio({ ratio: 2.39, quiet: true }),
        padTo(paddedToRatio(16 / 9), { fill: 'black' }),
      ],
    };
  }
  const whole = WITHOUT_CROPPING.exec(text);
  const pads = PADS.exec(text);
  const bars = LAID_ON.test(text) ? BARS.exec(text) : null;
  if (!whole && !pads && !bars) return undefined;
  const shape = shapeIn(text);
  const letterboxed = pads?.[0].startsWith('letter');
  if (!shape && !letterboxed) return undefined;
  const fill = fillIn(text) ?? (letterboxed ? 'black' : 'white');
  const used = [
    ...(shape ? [shape.used] : []),
    ...spansOf(text, WITHOUT_CROPPING, PADS, BARS, FILL_WORDS, VERB),
  ];
  const size = shape?.size;
  return {
    used,
    wishes: size
      ? [sizeTo((photo) => fittedInto(photo, size), { quiet: true }), padTo(() => size, { fill })]
      : [padTo(paddedToRatio(shape?.ratio ?? 16 / 9), { fill })],
  };
}

function inside({ width, height }: Size, params: Params) {
  const outer = { width: Number(params['width']), height: Number(params['height']) };
  const left = Math.max(0, Math.floor((outer.width - width) / 2));
  const top = Math.max(0, Math.floor((outer.height - height) / 2));
  return { outer, inner: { left, top, width, height } };
}

async function frame(pixels: Pixels, params: Params): Promise<Pixels> {
  const { outer, inner } = inside(pixels, params);
  const fill = String(params['fill']);
  if (fill === 'mirrored' || fill === 'extended') {
    const bars = {
      left: inner.left,
      right: outer.width - inner.left - inner.width,
      top: inner.top,
      bottom: outer.height - inner.top - inner.height,
    };
    const extendWith = fill === 'mirrored' ? 'mirror' : 'copy';
    return toPixels(openPixels(pixels).extend({ ...bars, extendWith }), isDeep(pixels));
  }
  const ground =
    fill === 'blurred'
      ? await blurredLike(pixels, outer)
      : plainPixels(outer, pixels, fill === 'transparent' ? undefined : colourOf(fill));
  layInto(ground, pixels, inner);
  return ground;
}

async function blurredLike(pixels: Pixels, outer: Size): Promise<Pixels> {
  const blurred = await blurredGround(pixels, outer);
  if (pixels.channels === 3) return blurred;
  const ground = plainPixels(outer, pixels, [0, 0, 0]);
  layInto(ground, blurred, { left: 0, top: 0 });
  return ground;
}
