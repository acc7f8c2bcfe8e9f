import { matchOf } from '../language/match.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { linearToSrgb, luminanceOf } from '../pixels/colour.ts';

const WORDS =
  /\b(?:solari[sz](?:e|ed|ation|ing)(?: (?:effect|look|style|filter))?|(?:the |a )?(?:pseudo-?)?(?:sabatt?ier|man ray)(?: (?:effect|look|style|filter))?|(?:half|partly|partially|semi)[- ]?(?:inverted?|negative)|(?:invert|reverse) (?:only |just )?the (?:highlights|light tones|bright tones|whites))(?![\w-])/;

/** Where tones turn round in a picture of usual tones, sRGB 0 to 1. */
const USUAL = 0.5;
const LOWEST = 0.2;

/** The Sabattier effect: tones above a threshold turn dark again, the more the lighter they were. */
export const solarize: Operation = {
  name: 'solarize',
  offer: 'solarize it',
  order: 26,
  regional: true,
  phrase: phrase('Solarize {region} from a tone of {threshold}', { threshold: decimal(2) }),
  work: {
    kind: 'colour',
    stage: ({ threshold }) => {
      const from = Number(threshold);
      // The turning point is lightened, as paper exposed twice is.
      const peak = Math.min(1, from * 1.5);
      return {
        curve: (value) =>
          value <= from ? (peak * value) / from : (peak * (1 - value)) / (1 - from),
      };
    },
  },
  match({ text }) {
    return matchOf(WORDS.exec(text), {
      operation: 'solarize',
      plan: (photo, area) => {
        const { lightTones, darkTones, lightnessSpread } = statisticsOf(photo, area);
        if (lightnessSpread < 1.5) {
          return { nothing: 'It has no light tones that differ from its dark ones to turn round.' };
        }
        // The threshold must lie among the tones that there are.
        const middle = linearToSrgb(luminanceOf((lightTones + darkTones) / 2));
        const threshold = round(Math.min(0.7, Math.max(LOWEST, (USUAL + middle) / 2)), 2);
        return {
          params: { threshold },
          goals: [{ metric: 'solarized', atLeast: 60 }],
          why: `I turn its tones round from ${round(threshold * 100, 0)} % brightness on, so that what was lightest becomes dark as in a print exposed twice.`,
        };
      },
    });
  },
};
