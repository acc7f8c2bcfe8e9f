import type { Clause } from '../language/clause.ts';
import { letterPlaceIn, letterSizeIn, opacityIn } from '../language/lettering.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Match, Operation, Planned } from '../operation.ts';
import type { Painting, Size } from '../pixels/box.ts';
import { captionBox, CAPTION_PLACES, usualFontSize } from '../pixels/caption-layout.ts';
import { bytesToLab } from '../pixels/colour.ts';
import { colourField, colourIn, colourOf } from '../pixels/named-colours.ts';
import { renderWatermark, SPREADS } from '../pixels/watermark-layout.ts';
import { integer, oneOf, phrase, quoted, type Params } from '../phrase.ts';

const WORDS = /\bwater ?-?mark(?:s|ed|ing)?\b/;

/** How much a watermark changes the lightness under it: visible, yet not dominant. */
const USUAL = { at: 22, within: 12 };
const FAINT = { at: 10, within: 5 };
const STRONG = { at: 40, within: 18 };
const MOST_OPAQUE = 95;

/** Writes a text over the picture that lets it shine through. */
export const watermark: Operation = {
  name: 'watermark',
  offer: 'put a watermark on it',
  order: 51,
  regional: false,
  phrase: phrase(
    'Lay the watermark {text} over {region} in {color}, {place}, with {opacity} % opacity in letters of {scale} % of the usual size',
    {
      text: quoted,
      color: colourField(),
      place: oneOf(
        ...SPREADS,
        ...CAPTION_PLACES.toSorted((one, other) => other.length - one.length),
      ),
      opacity: integer,
      scale: integer,
    },
  ),
  work: { kind: 'overlay', paint },
  match: matchWatermark,
  correct: (params, missed) => {
    const miss = missed.find(({ goal }) => goal.metric === 'markStrength');
    if (!miss || !('at' in miss.goal)) return undefined;
    const opacity = Number(params['opacity']);
    const factor = Math.min(3, Math.max(0.2, miss.goal.at / Math.max(1, miss.value)));
    const next = Math.round(Math.min(MOST_OPAQUE, Math.max(2, opacity * factor)));
    return next === opacity ? undefined : { ...params, opacity: next };
  },
};

function matchWatermark({ text, quotes, amount, negated }: Clause): Match | undefined {
  if (negated || !WORDS.test(text) || /\b(?:remove|get rid of|delete|erase|clean)\b/.test(text)) {
    return undefined;
  }
  const mark = quotes[Number(/"(\d+)"/.exec(text)?.[1])];
  const words = text.replaceAll(/"\d+"/g, ' ');
  const size = letterSizeIn(words.replaceAll(/\bsubtle\b/g, ''), amount);
  const spread =
    /\b(?:tiled?|repeat(?:ed|ing)?|pattern|all over|everywhere|many times|over and over)\b/.test(
      words,
    )
      ? 'tiled'
      : /\b(?:diagonal(?:ly)?|across)\b/.test(words)
        ? 'across'
        : undefined;
  return {
    used: [{ from: 0, to: text.length }],
    wishes: [
      {
        operation: 'watermark',
        plan: (photo) => {
          if (mark === undefined) {
            return { nothing: 'Tell me what the watermark is to say, in quotes.' };
          }
          return planWatermark(photo, {
            text: mark,
            place: spread ?? letterPlaceIn(words) ?? 'bottom right',
            color: colourIn(words),
            opacity: opacityIn(words),
            strength: /\b(?:faint|faintly|subtle|barely|light|very transparent)\b/.test(words)
              ? FAINT
              : /\b(?:strong|bold|clear|heavy|visible|prominent)\b/.test(words)
                ? STRONG
                : USUAL,
            scale: scaleOf(photo, size),
          });
        },
      },
    ],
  };
}

/** Percent of the usual size of letters; a watermark's are smaller than a caption's. */
function scaleOf(photo: Size, size: ReturnType<typeof letterSizeIn>): number {
  if (!size) return 65;
  return Math.round(
    'pixels' in size ? (100 * size.pixels) / usualFontSize(photo) : size.percent * 0.65,
  );
}

interface Asked {
  readonly text: string;
  readonly place: string;
  readonly color: string | undefined;
  readonly opacity: number | undefined;
  readonly strength: { readonly at: number; readonly within: number };
  readonly scale: number;
}

function planWatermark(
  photo: Photo,
  { text, place, color, opacity, strength, scale }: Asked,
): Planned {
  const spread = place === 'across' || place === 'tiled';
  const at = spread ? 100 : scale;
  const behind = lightnessBehind(photo, { text, place, scale: at }, spread);
  const chosen = color ?? (behind < 62 ? 'white' : 'black');
  const lightness = new Float32Array(1);
  bytesToLab(
    Uint8Array.from(colourOf(chosen)),
    lightness,
    new Float32Array(1),
    new Float32Array(1),
  );
  const away = Math.max(5, Math.abs((lightness[0] ?? 0) - behind));
  const wanted = opacity ?? Math.round((100 * strength.at) / away);
  const used = Math.min(MOST_OPAQUE, Math.max(3, wanted));
  const goal =
    opacity === undefined
      ? { ...strength }
      : { at: (away * used) / 100, within: Math.max(4, (away * used) / 200) };
  const where = { across: 'across the picture', tiled: 'again and again all over it' }[place];
  return {
    params: {
      text,
      place,
      color: chosen,
      opacity: used,
      scale: spread ? Math.round((scale / 65) * 100) : scale,
    },
    goals: [
      { metric: 'markStrength', ...goal },
      ...(spread ? [] : [{ metric: 'untouched' as const, atLeast: 45 }]),
    ],
    why: `I lay the watermark “${text}” ${where ?? `at the ${place}`} in ${chosen}, ${used} % opaque: to be seen, and the picture through it.`,
  };
}

/** Mean L* of what the watermark will lie on. */
function lightnessBehind(photo: Photo, params: Params, spread: boolean): number {
  if (spread) return statisticsOf(photo).medianLightness;
  const { width, height } = photo.copy;
  const box = captionBox(params, { width, height });
  let sum = 0;
  let count = 0;
  const right = String(params['place']).endsWith('right');
  const left = String(params['place']).endsWith('left');
  for (let y = box.top; y < box.top + box.height; y += 1) {
    for (let x = right ? width >> 1 : 0; x < (left ? width >> 1 : width); x += 1) {
      sum += photo.lightness[y * width + x] ?? 0;
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}

async function paint(size: Size, params: Params): Promise<Painting> {
  const { box, coverage } = await renderWatermark(params, size);
  const [red, green, blue] = colourOf(String(params['color']));
  const opacity = Number(params['opacity']) / 100;
  const rgba = new Uint8Array(coverage.length * 4);
  for (let pixel = 0, at = 0; pixel < coverage.length; pixel += 1, at += 4) {
    if (coverage[pixel] === 0) continue;
    rgba[at] = red;
    rgba[at + 1] = green;
    rgba[at + 2] = blue;
    rgba[at + 3] = Math.round((coverage[pixel] as number) * opacity);
  }
  return { box, rgba };
}
