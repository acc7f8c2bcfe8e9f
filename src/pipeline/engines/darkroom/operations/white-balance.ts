import { labToLinear, luminance } from '../pixels/colour.ts';
import { gainStage } from '../pixels/gain.ts';
import { matchOf } from '../language/match.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round } from '../phrase.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS =
  /\b(?:(?:auto |fix |correct |adjust |neutral(?:ize)? |the )*white balance|(?:remove|fix|neutrali[sz]e|correct|get rid of|reduce)[^,]{0,24}\b(?:color )?(?:cast|tint)|(?:color )?cast|neutral colors?|neutrali[sz]e(?: the colors?)?|(?:fix|correct) the colors?|color correct(?:ion|ed)?)\b/;

/** Casts weaker than this are not seen; Lab units. */
const INVISIBLE = 2.5;
/** What looks like a stronger cast is the color of the things themselves. */
const STRONGEST = 38;
/** Share of the mid-tones that must agree on a cast before it is believed. */
const CONFIDENT = 0.15;

/** Takes a common tint out of the greys. */
export const whiteBalance: Operation = {
  name: 'white balance',
  offer: 'take out a color cast',
  order: 20,
  regional: false,
  phrase: phrase(
    'Neutralize in {region} a cast of {a} a* and {b} b* at a lightness of {lightness}',
    {
      a: decimal(1),
      b: decimal(1),
      lightness: decimal(0),
    },
  ),
  work: {
    kind: 'colour',
    stage: ({ a, b, lightness }) => {
      const [red, green, blue] = labToLinear(Number(lightness), Number(a), Number(b));
      const grey = luminance(red, green, blue);
      const gain = (channel: number) => Math.min(3, Math.max(0.33, grey / Math.max(0.01, channel)));
      return gainStage([gain(red), gain(green), gain(blue)]);
    },
  },
  match(clause) {
    return matchOf(WORDS.exec(clause.text), {
      operation: 'white balance',
      plan: planWhiteBalance,
    });
  },
  correct: (params, missed, { edited, area }) => {
    if (!missed.some(({ goal }) => goal.metric === 'castStrength')) return undefined;
    const rest = statisticsOf(edited, area).cast;
    const a = round(Number(params['a']) + rest.a, 1);
    const b = round(Number(params['b']) + rest.b, 1);
    return Math.hypot(a, b) > STRONGEST * 2 ? undefined : { ...params, a, b };
  },
};

export function planWhiteBalance(photo: Photo, area: Area): Planned {
  const { cast, medianLightness } = statisticsOf(photo, area);
  const strength = Math.hypot(cast.a, cast.b);
  if (strength < INVISIBLE || cast.share < CONFIDENT) {
    return { nothing: 'I measured no color cast worth taking out.' };
  }
  if (strength > STRONGEST) {
    return {
      nothing:
        'It leans to one color so strongly that I take that for its own color, not for a cast.',
    };
  }
  return {
    params: {
      a: round(cast.a, 1),
      b: round(cast.b, 1),
      // The same a* and b* take stronger gains the darker they are.
      lightness: round(Math.min(90, Math.max(15, medianLightness)), 0),
    },
    goals: [{ metric: 'castStrength', atMost: Math.max(INVISIBLE + 0.5, strength * 0.2) }],
    why: `Its greys are ${nameOf(cast.a, cast.b)} (cast of ${round(strength, 0)}), so I bring them back to neutral.`,
  };
}

function nameOf(a: number, b: number): string {
  if (Math.abs(b) >= Math.abs(a)) return b > 0 ? 'yellowish' : 'bluish';
  return a > 0 ? 'reddish' : 'greenish';
}
