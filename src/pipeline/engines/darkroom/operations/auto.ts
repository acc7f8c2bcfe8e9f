import { matchOf } from '../language/match.ts';
import type { Match, Wish } from '../operation.ts';
import type { Clause } from '../language/clause.ts';
import type { Photo } from '../measure/photo.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';
import { planContrast } from './contrast.ts';
import { planExposure } from './exposure.ts';
import { planSaturation } from './saturation.ts';
import { planSharpen } from './sharpen.ts';
import { planWhiteBalance } from './white-balance.ts';

const WORDS =
  /\b(?:auto (?:enhance|improve|fix|correct|adjust|levels?|tone)|(?:enhance|improve|fix|correct|adjust|optimi[sz]e|beautify|polish|retouch|perfect)(?:d|ment)?|auto|touch up|clean up|spruce up|look(?:s|ing)? (?:better|good|great|nice|nicer|amazing|professional|beautiful|awesome|its best|the best)|better|nicer|prett(?:y|ier)|more (?:beautiful|appealing|professional)|pop|popping|stand out|magic|do your (?:thing|best|magic)|professional(?:ly)?|good as possible|great|gorgeous|stunning)\b/;

const NO_NEED = 'There is no need for it.';

/** Mild, and only where a measurement says that something is amiss. */
const STEPS: readonly Wish[] = [
  {
    operation: 'white balance',
    optional: true,
    plan: (photo, area) => {
      const { cast } = statisticsOf(photo, area);
      // A strong tint on part of the picture alone is more likely light than fault.
      if (cast.share < 0.4 || Math.hypot(cast.a, cast.b) < 4 || Math.hypot(cast.a, cast.b) > 22)
        return { nothing: NO_NEED };
      return planWhiteBalance(photo, area);
    },
  },
  {
    operation: 'exposure',
    optional: true,
    plan: (photo, area) => {
      const { medianLightness } = statisticsOf(photo, area);
      if (medianLightness > 38 && medianLightness < 68) return { nothing: NO_NEED };
      const goal = medianLightness <= 38 ? 46 : 62;
      return planExposure(photo, area, medianLightness + 0.7 * (goal - medianLightness));
    },
  },
  {
    operation: 'contrast',
    optional: true,
    plan: (photo, area) => planIfFlat(photo, area),
  },
  {
    operation: 'saturation',
    optional: true,
    plan: (photo, area) => {
      const { meanChroma } = statisticsOf(photo, area);
      if (meanChroma < 3 || meanChroma > 22) return { nothing: NO_NEED };
      return planSaturation(photo, area, 1.15);
    },
  },
  {
    operation: 'sharpen',
    optional: true,
    plan: (photo, area) => {
      const { edgeStrength } = statisticsOf(photo, area);
      if (edgeStrength < 0.3 || edgeStrength > 4.5) return { nothing: NO_NEED };
      return planSharpen(photo, area, 0.6);
    },
  },
];

function planIfFlat(photo: Photo, area: Area) {
  const { lightnessSpread } = statisticsOf(photo, area);
  if (lightnessSpread < 1 || lightnessSpread >= 19) return { nothing: NO_NEED };
  return planContrast(photo, area, Math.min(1.35, 20 / lightnessSpread));
}

export const AUTO_OFFER = 'enhance it automatically';

/** "That turned out great" is thanks and no request. */
const PRAISE =
  /\b(?:turned out|came out|that's|thats|that is|this is|it is|it's|looks?|so|how|love|wow)(?: (?:really|so|very|absolutely|just|that|it|this|much|how|pretty))* (?:good|great|nice|amazing|awesome|gorgeous|stunning|beautiful|perfect|better|pretty|lovely)\b(?! (?:if|with|than|for|as))/;
const ASKS = /\b(?:make|want|can|could|should|please|more|need|needs|until|so that)\b/;

/** "Make it better": whichever of five corrections the measurements call for. */
export function matchAuto({ text }: Pick<Clause, 'text'>): Match | undefined {
  if (PRAISE.test(text) && !ASKS.test(text)) return undefined;
  return matchOf(WORDS.exec(text), ...STEPS);
}
