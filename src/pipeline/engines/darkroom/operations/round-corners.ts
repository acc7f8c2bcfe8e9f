import type { Clause } from '../language/clause.ts';
import { matchOf } from '../language/match.ts';
import type { Match, Operation, Wish } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { layInto, plainPixels } from '../pixels/frame.ts';
import type { Pixels } from '../pixels/pixels.ts';
import { integer, phrase } from '../phrase.ts';
import { cropToRatio } from '../shapes/crop-to.ts';

const MEASURE = String.raw`(\d+(?:\.\d+)?) ?(px|pixels?|%)`;
const CORNERS = new RegExp(
  String.raw`\b(?:(?:add|with|give it|make|apply) )?(?:(?:some|the|its|all|a|an|very|slightly|softly|really|little|bit|strongly|nicely|soft|smooth|big|small|large) )*(?:${MEASURE} )?(?:(?:round(?:ed|ing)?|soft(?:en)?(?:ed)?)(?: off)?(?: (?:of|the|its|all|4|every|my))* (?:corners?|edges)|corners? (?:(?:more|slightly|very|a|bit|little|be) )*(?:round(?:ed|er)?|radius)|corner radius)(?: (?:of|by|with|at|to|a|radius|it|the|picture|photo|image|on|slightly|strongly|very|much|bit|little|lot))*(?: ?${MEASURE})?(?: radius)?`,
);
const CIRCLE =
  /\b(?:(?:crop|cut|make|turn|mask|clip|trim|shape)(?:ped|ting|med)?(?: (?:it|this|that))?(?: out)?(?: (?:in|into|to|as|with|be))*(?: (?:a|an|the))? )?(?:perfect )?(?:circle|circular|disc|disk|round)\b(?![ -](?:corners?|edges|off|the corners|it off|numbers?|up|down))(?: (?:crop|cut|cutout|avatar|profile|picture|photo|pic|image|shape|mask|frame|icon|portrait|logo))*(?: for (?:my|an?|the) (?:[a-z]+ )?(?:avatar|profile|icon|logo|picture|photo|pic)(?: (?:picture|photo|pic))?)?/;

/** Makes the corners transparent; with the radius of half the side a square becomes a circle. */
export const roundCorners: Operation = {
  name: 'round corners',
  offer: 'round its corners or cut a circle',
  order: 62,
  regional: false,
  phrase: phrase('Round the corners of {region} with a radius of {radius} px', {
    radius: integer,
  }),
  work: {
    kind: 'frame',
    frame: (pixels, params) => Promise.resolve(rounded(pixels, Number(params['radius']))),
    inside: ({ width, height }) => ({
      outer: { width, height },
      inner: { left: 0, top: 0, width, height },
    }),
    shows: (size, params) => {
      const radius = Number(params['radius']);
      return (x, y) => beyondCorner(size, radius, x, y) < 0;
    },
  },
  transparent: () => true,
  match: matchCorners,
};

function matchCorners({ text, amount }: Clause): Match | undefined {
  const corners = CORNERS.exec(text);
  if (corners) {
    const [, before, unitBefore, after, unitAfter] = corners;
    const value = before ?? after;
    const unit = unitBefore ?? unitAfter;
    const radius = ({ width, height }: Size): number => {
      const short = Math.min(width, height);
      if (value === undefined) return short * 0.08 * amount.scale;
      return unit === '%' ? (short * Number(value)) / 100 : Number(value);
    };
    return matchOf(corners, roundWish(radius));
  }
  const circle = CIRCLE.exec(text);
  if (!circle) return undefined;
  return matchOf(
    circle,
    cropToRatio({ ratio: 1, quiet: true }),
    roundWish(({ width, height }) => Math.min(width, height) / 2),
  );
}

function roundWish(wanted: (size: Size) => number): Wish {
  return {
    operation: 'round corners',
    plan: (photo) => {
      const { width, height } = photo;
      const most = Math.floor(Math.min(width, height) / 2);
      const radius = Math.min(most, Math.round(wanted(photo)));
      if (radius < 1) return { nothing: 'It is too small to have its corners rounded.' };
      const isCircle = width === height && radius >= most;
      return {
        params: { radius },
        goals: [
          { metric: 'wholeWidth', at: width, within: 0 },
          { metric: 'wholeHeight', at: height, within: 0 },
          {
            metric: 'transparentShare',
            at: 100 * cornerShare({ width, height }, radius),
            // A ring of a measured pixel's width may count as either.
            within:
              0.3 +
              (100 * Math.PI * radius * Math.max(1, Math.max(width, height) / 1024)) /
                (width * height),
          },
          { metric: 'framedLikeness', atLeast: 95 },
        ],
        why: `${isCircle ? 'I cut it to a circle' : `I round its corners with a radius of ${radius} px`}; what is outside becomes transparent.`,
      };
    },
  };
}

const cornerShare = ({ width, height }: Size, radius: number): number =>
  ((4 - Math.PI) * radius ** 2) / (width * height);

/** How far a place lies outside the round of its corner, in pixels; negative inside. */
function beyondCorner({ width, height }: Size, radius: number, x: number, y: number): number {
  const fromX = Math.max(radius - x, x - (width - radius), 0);
  const fromY = Math.max(radius - y, y - (height - radius), 0);
  return fromX > 0 && fromY > 0 ? Math.hypot(fromX, fromY) - radius : -radius;
}

/** The picture with smoothly cut corners; nothing of what was there is left in them. */
function rounded(pixels: Pixels, radius: number): Pixels {
  const { width, height } = pixels;
  const result = plainPixels(pixels, pixels);
  layInto(result, pixels, { left: 0, top: 0 });
  const { data } = result;
  const corner = Math.min(radius, Math.ceil(Math.min(width, height) / 2));
  for (let y = 0; y < height; y += 1) {
    if (y >= corner && y < height - corner) continue;
    for (let x = 0; x < width; x += 1) {
      if (x >= corner && x < width - corner) continue;
      const beyond = beyondCorner(result, radius, x + 0.5, y + 0.5);
      const cover = Math.min(1, Math.max(0, 0.5 - beyond));
      if (cover === 1) continue;
      const at = (y * width + x) * 4;
      if (cover === 0) data.fill(0, at, at + 4);
      else data[at + 3] = (data[at + 3] as number) * cover;
    }
  }
  return result;
}
