import { correctedBy } from '../correction.ts';
import { matchOf } from '../language/match.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { lightnessOf, luminanceOf, linearToSrgb, srgbToLinear } from '../pixels/colour.ts';

const KIND = '(?:look|film|effect|style|finish|filter|feel|vibe|aesthetic|tones?|print)';
const WORDS = new RegExp(
  String.raw`\b(?:(?:give it |apply |add |make it |with |want )?(?:a |an |some |the )*(?:(?:old|slightly|little|soft|nicely|bit of a|bit|touch of|very|heavily|strongly) )*(?:(?:faded|matte?|washed[- ]out)(?: (?:film|vintage|retro|old|photo|photograph|picture|color))*(?: ${KIND})+|faded(?! colors?)|matte?(?![\w-])|matted)|(?:make|want) (?:it|this) (?:a bit |slightly |a little |look )*(?:faded|matte?|washed[- ]out)|fade (?:it|this|the (?:picture|photo|image|tones?))(?: out)?|^(?:please )?fade(?: please)?$|film fade|fade effect|lifted blacks|milky blacks|faded? film)(?![\w-])`,
);
/** "It looks faded" says what is wrong with it. */
const COMPLAINT =
  /\b(?:is|are|looks?|too|so|came out|turned out|seems)(?: \w+)? (?:faded|washed[- ]out)(?! (?:look|film))/;
const WISH = /\b(?:make|want|give|should|like)\b/;

/** sRGB value of black, loss of the white and loss of saturation at a strength of 1. */
const BLACK = 0.13;
const WHITE_LOSS = 0.05;
const COLOUR_LOSS = 0.22;
const STRONGEST = 2.5;

/** A faded print: milky blacks, a dull white, pale colours. */
export const fade: Operation = {
  name: 'fade',
  offer: 'fade it like matte film',
  order: 26,
  regional: true,
  phrase: phrase('Fade {region} like matte film with strength {strength}', {
    strength: decimal(2),
  }),
  work: {
    kind: 'colour',
    stage: ({ strength }) => ({ mix: (row) => fadeRow(row, Number(strength)) }),
  },
  match({ text, amount }) {
    if (COMPLAINT.test(text) && !WISH.test(text)) return undefined;
    const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 50;
    const strength = round(Math.min(STRONGEST, Math.max(0.1, scale)), 2);
    return matchOf(WORDS.exec(text), {
      operation: 'fade',
      plan: (photo, area) => {
        const { blackPoint, meanChroma } = statisticsOf(photo, area);
        if (blackPoint > 55) {
          return {
            nothing: `It has no dark tones to fade: its blackest ones have a lightness of ${round(blackPoint, 0)} already.`,
          };
        }
        const black = linearToSrgb(luminanceOf(blackPoint));
        const target = lightnessOf(srgbToLinear(lifted(black, strength)));
        const chroma = meanChroma * (1 - COLOUR_LOSS * strength) * (1 - strength * 0.12);
        return {
          params: { strength },
          goals: [
            { metric: 'blackPoint', at: target, within: 2.5 },
            { metric: 'meanChroma', atMost: Math.max(chroma * 1.15, chroma + 1) },
          ],
          why: `I lift its blackest tones from a lightness of ${round(blackPoint, 0)} to about ${round(target, 0)}, dull its whites a little and pale its colors, as matte film does.`,
        };
      },
    });
  },
  correct: correctedBy('blackPoint', {
    param: 'strength',
    neutral: 0,
    min: 0.05,
    max: STRONGEST,
    digits: 2,
  }),
};

/** Between a lifted black and a dulled white; the toe is bent so that middle tones stay. */
function lifted(value: number, strength: number): number {
  const black = BLACK * strength;
  const white = 1 - WHITE_LOSS * strength;
  return black * (1 - value) ** 2 + value * white;
}

function fadeRow(row: Float32Array, strength: number): void {
  const black = BLACK * strength;
  const white = 1 - WHITE_LOSS * strength;
  const kept = 1 - COLOUR_LOSS * strength;
  for (let at = 0; at < row.length; at += 3) {
    const red = row[at] as number;
    const green = row[at + 1] as number;
    const blue = row[at + 2] as number;
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const r = luma + kept * (red - luma);
    const g = luma + kept * (green - luma);
    const b = luma + kept * (blue - luma);
    row[at] = black * (1 - r) * (1 - r) + r * white;
    row[at + 1] = black * (1 - g) * (1 - g) + g * white;
    row[at + 2] = black * (1 - b) * (1 - b) + b * white;
  }
}
