import { correctedFrom } from '../correction.ts';
import { directionOf, type Dimension } from '../language/direction.ts';
import type { Area } from '../measure/area.ts';
import { localContrastOf } from '../measure/local-contrast.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, signed } from '../phrase.ts';
import { clarity as filter } from '../pixels/clarity.ts';
import { strengthFor, type Tunable } from '../tuning.ts';

const WORDS: Dimension = {
  nouns:
    'clarity|local contrast|micro-?(?: )?contrast|mid-?(?: )?tone contrast|contrast (?:in|of) the mid-?(?: )?tones|punch (?:in|to) the mid-?(?: )?tones|structures?|textures?|depth|three-dimensionality',
  more: 'clearer|crunchy|crunchier|grittier look|gritty look|more three-dimensional|tactile|textured|structured|gritty(?= (?:look|feel|style))',
  less: '(?!)',
};
const STRENGTH: Tunable = {
  min: -1,
  max: 2,
  digits: 2,
  run: (pixels, strength, call) => filter(pixels, { strength }, call),
  read: localContrastOf,
};

/** Raises or lowers contrast with the near surroundings, and leaves edges and brightness. */
export const clarity: Operation = {
  name: 'clarity',
  offer: 'bring out structure (clarity)',
  order: 34,
  regional: true,
  phrase: signed(
    'strength',
    phrase('Raise the clarity of {region} by {strength}', { strength: decimal(2) }),
    phrase('Lower the clarity of {region} by {strength}', { strength: decimal(2) }),
  ),
  work: {
    kind: 'filter',
    tonal: true,
    filter: (pixels, { strength }, { call }) => STRENGTH.run(pixels, Number(strength), call),
  },
  match(clause) {
    const direction = directionOf(clause, WORDS);
    if (!direction) return undefined;
    const { amount } = clause;
    const scale =
      amount.percent === undefined ? amount.scale : Math.min(4, Math.abs(amount.percent) / 30);
    return {
      used: [direction.used],
      wishes: [
        {
          operation: 'clarity',
          plan: (photo, area) => planClarity(photo, area, direction.sign * scale),
        },
      ],
    };
  },
  correct: correctedFrom(
    'localContrast',
    { param: 'strength', neutral: 0, ...STRENGTH },
    STRENGTH.read,
  ),
};

/** Plans to change local contrast: 1 raises it visibly, -1 softens it as much. */
export async function planClarity(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const before = localContrastOf(photo, area);
  const { clippedHighlights, crushedShadows } = statisticsOf(photo, area);
  if (before < 0.2)
    return { nothing: 'It is smooth all over, so there is no structure to bring out.' };
  const share = scale > 0 ? 0.2 * scale : Math.max(-0.5, 0.17 * scale);
  const target = before * (1 + share);
  const change = target - before;
  return {
    params: { strength: await strengthFor(photo, area, { first: scale, change }, STRENGTH) },
    goals: [
      {
        metric: 'localContrast',
        at: target,
        within: Math.max(0.05, 0.3 * Math.abs(change)),
      },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 1.5 },
      { metric: 'crushedShadows', atMost: crushedShadows + 2 },
    ],
    why: `Places differ from what is around them by ${before.toFixed(1)} in lightness, so I ${scale > 0 ? `bring their structure out by about ${Math.round(share * 100)} %, without halos at edges` : `soften that by about ${Math.round(-share * 100)} %`}.`,
  };
}
