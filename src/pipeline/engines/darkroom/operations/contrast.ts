import { luminanceOf, linearToSrgb } from '../pixels/colour.ts';
import { correctedBy } from '../correction.ts';
import { directionOf, type Dimension } from '../language/direction.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round } from '../phrase.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS: Dimension = {
  nouns: 'contrasts?|tonal range|dynamic range',
  more: 'contrast(?:y|ier)|punch(?:y|ier)?|dramatic|crunchy|washed out|washed-out',
  less: String.raw`flat(?:ter|ten)?(?! (?:with|in|on|for|and|apartment|screen|lay)\b)|low contrast|harsh(?:er)?`,
};
/** Words that name a fault: the wish is the opposite of what they say, unless it asks for them. */
const FAULTS = /^(?:flat(?:ter|ten)?|washed out|washed-out|harsh(?:er)?)$/;

/** Steepens or flattens the tones around the median: an S-curve that never clips. */
export const contrast: Operation = {
  name: 'contrast',
  offer: 'raise or lower the contrast',
  order: 22,
  regional: true,
  phrase: phrase('Set the contrast of {region} to {power} times around a tone of {pivot}', {
    power: decimal(2),
    pivot: decimal(2),
  }),
  work: {
    kind: 'colour',
    stage: ({ power, pivot }) => {
      const middle = Number(pivot);
      const exponent = Number(power);
      const pivotOdds = middle / (1 - middle);
      return {
        curve: (value) => {
          if (value <= 0 || value >= 1) return value;
          const odds = pivotOdds * (value / (1 - value) / pivotOdds) ** exponent;
          return odds / (1 + odds);
        },
      };
    },
  },
  match(clause) {
    const direction = directionOf(clause, WORDS);
    if (!direction) return undefined;
    const word = clause.text.slice(direction.used.from, direction.used.to);
    const sign = FAULTS.test(word) ? signOfFault(word, clause.text) : direction.sign;
    const { amount } = clause;
    const factor =
      amount.percent === undefined
        ? sign > 0
          ? 1 + 0.25 * amount.scale
          : 1 / (1 + 0.3 * amount.scale)
        : Math.max(0.1, 1 + (sign * Math.abs(amount.percent)) / 100);
    return {
      used: [direction.used],
      wishes: [{ operation: 'contrast', plan: (photo, area) => planContrast(photo, area, factor) }],
    };
  },
  correct: correctedBy('lightnessSpread', {
    param: 'power',
    neutral: 1,
    min: 0.1,
    max: 4,
    digits: 2,
  }),
};

/** "It looks flat" and "less flat" ask for contrast, "make it flat" for less of it. */
function signOfFault(word: string, text: string): 1 | -1 {
  const cure = word.startsWith('harsh') ? -1 : 1;
  const asked = /\b(?:make|turn|want|give|more)\b/.test(text) && !/\b(?:less|too|not)\b/.test(text);
  return asked ? (-cure as 1 | -1) : cure;
}

/** Plans the curve that multiplies the spread of lightness by a factor. */
export function planContrast(photo: Photo, area: Area, factor: number): Planned {
  const { lightnessSpread, medianLightness, clippedHighlights } = statisticsOf(photo, area);
  if (lightnessSpread < 0.5)
    return { nothing: 'It is a single tone, so there is no contrast to change.' };
  // Tones that reach from black to white already can't go much farther apart.
  const room = factor > 1 ? Math.max(0, 1 - (lightnessSpread / 45) ** 2) : 1;
  const target = Math.max(0.3, lightnessSpread * (1 + (factor - 1) * room));
  if (Math.abs(target - lightnessSpread) < 0.3) {
    return { nothing: 'Its contrast is already as strong as it can usefully be.' };
  }
  const tone = linearToSrgb(luminanceOf(medianLightness));
  return {
    params: {
      power: round(target / lightnessSpread, 2),
      pivot: round(Math.min(0.85, Math.max(0.15, tone)), 2),
    },
    goals: [
      {
        metric: 'lightnessSpread',
        at: target,
        within: Math.max(0.3, 0.1 * Math.abs(target - lightnessSpread), target * 0.03),
      },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 2 },
    ],
    why: `Its tones ${lightnessSpread < 15 ? 'lie close together' : lightnessSpread > 27 ? 'are far apart' : 'are fairly spread'} (spread ${round(lightnessSpread, 0)}), so I ${factor > 1 ? 'raise' : 'lower'} the contrast around the median.`,
  };
}
