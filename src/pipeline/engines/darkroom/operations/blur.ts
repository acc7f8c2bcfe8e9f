import { matchOf } from '../language/match.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { blurWithin } from '../pixels/blur-within.ts';
import { isDeep, openPixels, toPixels } from '../pixels/pixels.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS =
  /\b(?:(?:add |apply |give it )?(?:a |an |some )?(?:(?:gaussian|soft|slight|strong|heavy|light) )?blur(?:red|ry|rier|ring)?|soft(?:er|en|ened)?(?: focus)?|out of focus|defocus(?:ed)?|dreamy|less sharp|unsharp)\b/;

/** The plane of focus of a tilted lens is a stripe, as in photos of models. */
const MINIATURE =
  /\b(?:(?:make|give|add|apply|turn|look|use) )*(?:(?:it|this|that) )?(?:(?:into|like|a|an|the|look) )*(?:tilt[- ]?shift|miniature|toy[- ]?(?:town|model|world)|diorama|scale model|model (?:railway|village|world))(?: (?:effect|look|style|blur|filter|model|photo|scene))*\b/;

/** Softens by a Gaussian, with a radius that follows the size of the picture unless it is given. */
export const blur: Operation = {
  name: 'blur',
  offer: 'blur it',
  order: 41,
  regional: true,
  phrase: phrase('Blur {region} with radius {sigma} px', { sigma: decimal(1) }),
  work: {
    kind: 'filter',
    filter: (pixels, { sigma }, { area }) =>
      area.mask
        ? blurWithin(pixels, Number(sigma), area.mask)
        : toPixels(openPixels(pixels).blur(Number(sigma)), isDeep(pixels)),
  },
  match(clause) {
    const miniature = matchOf(MINIATURE.exec(clause.text), {
      operation: 'blur',
      region: 'not middle third',
      plan: (photo, area) => planBlur(photo, area, 1.4 * clause.amount.scale),
    });
    if (miniature) return miniature;
    const radius = /(\d+(?:\.\d+)?)\s?(?:px|pixels?)\b/.exec(clause.text)?.[1];
    const { amount } = clause;
    const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 50;
    return matchOf(WORDS.exec(clause.text), {
      operation: 'blur',
      plan: (photo, area) =>
        planBlur(photo, area, scale, radius === undefined ? undefined : Number(radius)),
    });
  },
  correct: (params, missed) => {
    const miss = missed.find(({ goal }) => goal.metric === 'edgeStrength');
    if (!miss) return undefined;
    const sigma = round(Math.min(200, Number(params['sigma']) * 1.8), 1);
    return sigma === params['sigma'] ? undefined : { ...params, sigma };
  },
};

export function planBlur(photo: Photo, area: Area, scale: number, radius?: number): Planned {
  const { edgeStrength } = statisticsOf(photo, area);
  if (edgeStrength < 0.05) return { nothing: 'It has no edges that could be blurred.' };
  const longest = Math.max(photo.width, photo.height);
  const sigma = radius ?? Math.max(0.7, (longest / 450) * scale ** 1.6);
  return {
    params: { sigma: round(Math.min(200, Math.max(0.3, sigma)), 1) },
    goals: [
      {
        metric: 'edgeStrength',
        atMost: radius === undefined ? Math.max(15, 88 - 22 * scale) : 99,
      },
    ],
    why: `I blur it ${radius === undefined ? (scale < 0.8 ? 'slightly' : scale > 1.3 ? 'strongly' : 'visibly') : `with a radius of ${radius} px`}.`,
  };
}
