import { linearToSrgb, lightnessOf, luminanceOf, srgbToLinear } from '../pixels/colour.ts';
import { correctedBy } from '../correction.ts';
import type { Clause } from '../language/clause.ts';
import { directionOf, type Dimension, type Direction } from '../language/direction.ts';
import type { Amount } from '../language/amount.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round, signed } from '../phrase.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS: Dimension = {
  nouns: 'brightness|exposure|luminosity|illumination|light|lightness|highkey',
  more: 'bright(?:er|en|ens|ened|ening|est)?|light(?:er|en|ened|ening)|lit|underexposed|shine',
  less: 'mood(?:y|ier)|dark(?:er|en|ens|ened|ening|est|ness)?|dim(?:mer|med|ming)?|gloom(?:y|ier)|overexposed|blown out',
};

/** "Fix the exposure": the picture itself says which way. */
const REPAIR =
  /\b(?:fix|correct|adjust|normali[sz]e|balance|auto|better|improve|even out)\b[^,]*\b(?:exposure|brightness|light|lighting|illumination)\b/;
const DIRECTED =
  /\b(?:too|under|over|up|down|more|less|bright(?:er|en)|dark(?:er|en)|light(?:er|en)|underexposed|overexposed)\b/;
/** A median lightness that looks neither dark nor bright. */
const BALANCED = 52;

const LIMIT = 4;

/** Brightens or darkens. Whites stay white and blacks black, so that nothing clips. */
export const exposure: Operation = {
  name: 'exposure',
  offer: 'make it brighter or darker',
  order: 21,
  regional: true,
  phrase: signed(
    'stops',
    phrase('Brighten {region} by {stops} stops', { stops: decimal(2) }),
    phrase('Darken {region} by {stops} stops', { stops: decimal(2) }),
  ),
  work: {
    kind: 'colour',
    stage: ({ stops }) => {
      const gain = 2 ** Number(stops);
      return {
        curve: (value) => {
          const light = srgbToLinear(value);
          return linearToSrgb((gain * light) / (1 + (gain - 1) * light));
        },
      };
    },
  },
  match(clause) {
    const { amount } = clause;
    const direction = directionOf(clause, WORDS) ?? stopsIn(clause);
    if (!direction) return undefined;
    if (REPAIR.test(clause.text) && !DIRECTED.test(clause.text)) {
      return { used: [direction.used], wishes: [{ operation: 'exposure', plan: planRepair }] };
    }
    return {
      used: [direction.used],
      wishes: [
        {
          operation: 'exposure',
          plan: (photo, area) =>
            planExposure(photo, area, targetOf(photo, area, direction.sign, amount)),
        },
      ],
    };
  },
  correct: correctedBy('medianLightness', {
    param: 'stops',
    neutral: 0,
    min: -LIMIT,
    max: LIMIT,
    digits: 2,
  }),
};

/** "+1 stop", "2/3 EV down": photographers need no other word. */
function stopsIn({ text, amount }: Clause): Direction | undefined {
  if (amount.stops === undefined) return undefined;
  const darker = amount.stops < 0 || /\b(?:down|less|minus|under)\b/.test(text);
  return { sign: darker ? -1 : 1, used: { from: 0, to: text.length } };
}

function targetOf(photo: Photo, area: Area, sign: 1 | -1, amount: Amount): number {
  const { medianLightness } = statisticsOf(photo, area);
  if (amount.percent !== undefined) {
    return medianLightness * (1 + (sign * Math.abs(amount.percent)) / 100);
  }
  if (amount.stops !== undefined) {
    const gain = 2 ** (sign * Math.abs(amount.stops));
    const light = luminanceOf(medianLightness);
    return lightnessOf((gain * light) / (1 + (gain - 1) * light));
  }
  // A dark picture has more room upwards than a bright one, and the other way round.
  const room = sign > 0 ? 70 - medianLightness : medianLightness - 25;
  return medianLightness + sign * amount.scale * (8 + Math.max(0, room) * 0.1);
}

function planRepair(photo: Photo, area: Area): Planned {
  const { medianLightness } = statisticsOf(photo, area);
  if (Math.abs(medianLightness - BALANCED) < 6) {
    return {
      nothing: `Its exposure is balanced already (median lightness ${round(medianLightness, 0)} of 100).`,
    };
  }
  return planExposure(photo, area, medianLightness + 0.75 * (BALANCED - medianLightness));
}

/** Plans the exposure that brings the median lightness to a target. */
export function planExposure(photo: Photo, area: Area, wanted: number): Planned {
  const { medianLightness, clippedHighlights, crushedShadows } = statisticsOf(photo, area);
  const target = Math.min(93, Math.max(4, wanted));
  const up = wanted > medianLightness;
  if (Math.abs(target - medianLightness) < 1) {
    return {
      nothing: `It is about as ${up ? 'bright' : 'dark'} as it can get without losing detail (median lightness ${round(medianLightness, 0)} of 100).`,
    };
  }
  const odds = (lightness: number) => luminanceOf(lightness) / (1 - luminanceOf(lightness));
  const safe = Math.min(97, Math.max(1.5, medianLightness));
  const stops = round(Math.min(LIMIT, Math.max(-LIMIT, Math.log2(odds(target) / odds(safe)))), 2);
  const state =
    medianLightness < 38
      ? 'rather dark'
      : medianLightness > 64
        ? 'rather bright'
        : 'of medium brightness';
  return {
    params: { stops },
    goals: [
      { metric: 'medianLightness', at: target, within: 2 },
      up
        ? { metric: 'clippedHighlights', atMost: clippedHighlights + 0.5 }
        : { metric: 'crushedShadows', atMost: crushedShadows + 2 },
    ],
    why: `It is ${state} (median lightness ${round(medianLightness, 0)} of 100), so I ${up ? 'brighten' : 'darken'} it to about ${round(target, 0)}, ${up ? 'without blowing out highlights' : 'without losing the shadows'}.`,
  };
}
