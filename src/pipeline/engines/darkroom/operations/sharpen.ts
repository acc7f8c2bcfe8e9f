import { directionOf, type Dimension } from '../language/direction.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { isDeep, openPixels, toPixels } from '../pixels/pixels.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';
import { planBlur } from './blur.ts';

const WORDS: Dimension = {
  nouns: 'sharpness|definition|crispness|details?|acutance',
  more: 'sharp(?:er|en|ened|ening|est)?|crisp(?:er)?|detailed|defined|in focus|unblur|deblur',
  less: '(?!)',
};
const BLURRED =
  /\b(?:too|it's|is|looks?|so|fix the|remove the|less|out of) (?:\w+ ){0,3}(?:soft|blurry|blurred|blur|focus)\b|\bless (?:soft|blurry|blurred)\b/;

/** Sharpens what can be seen at the size a chat shows: the radius follows the size of the picture. */
export const sharpen: Operation = {
  name: 'sharpen',
  offer: 'sharpen it',
  order: 40,
  regional: true,
  phrase: phrase('Sharpen {region} with radius {sigma} px and strength {strength}', {
    sigma: decimal(1),
    strength: decimal(2),
  }),
  work: {
    kind: 'filter',
    filter: (pixels, { sigma, strength }) =>
      toPixels(
        openPixels(pixels).sharpen({
          sigma: Number(sigma),
          m1: Number(strength) / 2,
          m2: Number(strength),
        }),
        isDeep(pixels),
      ),
  },
  match(clause) {
    const fault = BLURRED.exec(clause.text);
    const direction = fault
      ? { sign: 1 as const, used: { from: fault.index, to: fault.index + fault[0].length } }
      : directionOf(clause, WORDS);
    if (!direction) return undefined;
    const { amount } = clause;
    const scale =
      amount.percent === undefined ? amount.scale : Math.min(3, Math.abs(amount.percent) / 30);
    return {
      used: [direction.used],
      wishes: [
        {
          operation: direction.sign > 0 ? 'sharpen' : 'blur',
          plan: (photo, area) =>
            direction.sign > 0
              ? planSharpen(photo, area, scale)
              : planBlur(photo, area, 0.5 * scale),
        },
      ],
    };
  },
  correct: (params, missed) => {
    const miss = missed.find(({ goal }) => goal.metric === 'edgeStrength');
    if (!miss || !('at' in miss.goal)) return undefined;
    // The effect grows faster than the strength, so that the step is smaller than the miss.
    const reached = Math.max(1, miss.value - 100);
    const factor = Math.min(2.5, Math.max(0.3, ((miss.goal.at - 100) / reached) ** 0.6));
    const strength = round(Math.min(12, Number(params['strength']) * factor), 2);
    return strength === params['strength'] ? undefined : { ...params, strength };
  },
};

export function planSharpen(photo: Photo, area: Area, scale: number): Planned {
  const { edgeStrength, clippedHighlights } = statisticsOf(photo, area);
  if (edgeStrength < 0.05) return { nothing: 'It has no edges that could be sharpened.' };
  const longest = Math.max(photo.width, photo.height);
  const target = 100 + 22 * scale;
  return {
    params: {
      sigma: round(Math.min(8, Math.max(0.8, longest / 1100)), 1),
      // A small picture is seen pixel by pixel, a large one only after it was reduced.
      strength: round((longest > 2048 ? 1.4 : 0.6) * scale, 2),
    },
    goals: [
      { metric: 'edgeStrength', at: target, within: Math.max(5, 9 * scale) },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 1.5 },
    ],
    why: `Its edges are ${edgeStrength < 1.5 ? 'soft' : edgeStrength > 5 ? 'already strong' : 'fairly clear'}, so I sharpen them by about ${round(target - 100, 0)} %, without halos.`,
  };
}
