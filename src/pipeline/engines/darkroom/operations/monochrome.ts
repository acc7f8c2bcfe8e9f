import { linearToSrgb, LUMINANCE, srgbToLinear } from '../pixels/colour.ts';
import { matchOf } from '../language/match.ts';
import type { Operation } from '../operation.ts';
import { phrase } from '../phrase.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS =
  /\b(?:(?:turn |convert |make |change )?(?:(?:it|this|that) )?(?:in)?(?:to )?(?:a )?monochrom(?:e|atic)|noir|no colors?|without (?:any )?colors?|colorless|(?:remove|drop|strip|lose|kill|take out|get rid of|drain)(?: away| out)? (?:all |out )?(?:the |of the )?colors?(?! (?:cast|tint|noise|balance))|(?:make|turn) (?:it|this|everything|(?:the )?(?:whole )?(?:picture|photo|image)) (?:all |completely |in |into |to )*gr[ae]y\b(?! background)|gray ?tones?|shades of gray|fully desaturate(?:d)?)\b/;

/** Black and white: each pixel becomes the grey of its own luminance. */
export const monochrome: Operation = {
  name: 'monochrome',
  offer: 'turn it black and white',
  order: 23,
  regional: true,
  phrase: phrase('Turn {region} black and white', {}),
  work: { kind: 'colour', stage: () => ({ mix: toGrey }) },
  match(clause) {
    return matchOf(WORDS.exec(clause.text), {
      operation: 'monochrome',
      plan: (photo, area) => {
        const { strongestChroma, lightnessSpread } = statisticsOf(photo, area);
        if (strongestChroma < 1.5) return { nothing: 'It has no color already.' };
        return {
          params: {},
          goals: [
            { metric: 'strongestChroma', atMost: 2 },
            {
              metric: 'lightnessSpread',
              at: lightnessSpread,
              within: Math.max(1, lightnessSpread * 0.1),
            },
          ],
          why: 'I turn it black and white, each tone as light as its color was.',
        };
      },
    });
  },
};

const LINEAR_STEPS = 4096;
const TO_LINEAR = Float32Array.from({ length: LINEAR_STEPS + 1 }, (_, index) =>
  srgbToLinear(index / LINEAR_STEPS),
);
const TO_SRGB = Float32Array.from({ length: LINEAR_STEPS * 4 + 1 }, (_, index) =>
  linearToSrgb(index / (LINEAR_STEPS * 4)),
);

function toGrey(row: Float32Array): void {
  const linear = (value: number): number => TO_LINEAR[(value * LINEAR_STEPS + 0.5) | 0] as number;
  for (let at = 0; at < row.length; at += 3) {
    const light =
      LUMINANCE[0] * linear(row[at] as number) +
      LUMINANCE[1] * linear(row[at + 1] as number) +
      LUMINANCE[2] * linear(row[at + 2] as number);
    const grey = TO_SRGB[(Math.min(1, light) * LINEAR_STEPS * 4 + 0.5) | 0] as number;
    row[at] = grey;
    row[at + 1] = grey;
    row[at + 2] = grey;
  }
}
