import { luminance, type Triple } from '../pixels/colour.ts';
import { gainStage } from '../pixels/gain.ts';
import { correctedBy } from '../correction.ts';
import { directionOf, type Dimension } from '../language/direction.ts';
import type { Operation } from '../operation.ts';
import { integer, phrase, round, signed } from '../phrase.ts';
import { statisticsOf } from '../measure/statistics.ts';

/** A bare name of a colour says what something is to become; only with one of these how it is to lean. */
const SAID_OF = String.raw`(?<=\b(?:more|less|too|so|bit|little|slightly|very) )`;

const WORDS: Dimension = {
  nouns: 'warmth|color temperature|temperature|temp',
  more: String.raw`warm(?:er|ed|ing|est)?|hot(?:ter)?|yellow(?:er|ish)|orang(?:er|ish)|${SAID_OF}(?:yellow|orange|golden|red)|golden (?:tones?|light|glow|look|feel)|sunnier|cozy|cozier`,
  less: String.raw`cool(?:er|ed|ing|est)?|cold(?:er|est)?|blu(?:er|ish)|${SAID_OF}blue|icy|icier|chilly|chillier|wintry`,
};

/** Daylight as sRGB assumes it: 6504 K. */
const NEUTRAL_MIREDS = 1e6 / 6504;
const LIMIT = 100;
/** Change of the mean b* that a plain "warmer" makes; a cooler picture bears less of it. */
const WARMER = 7;
const COOLER = 6;

/** Shifts the white point along the colours of daylight and lamplight; greys keep their luminance. */
export const warmth: Operation = {
  name: 'warmth',
  offer: 'make it warmer or cooler',
  order: 24,
  regional: true,
  phrase: signed(
    'mireds',
    phrase('Warm {region} by {mireds} mireds', { mireds: integer }),
    phrase('Cool {region} by {mireds} mireds', { mireds: integer }),
  ),
  work: { kind: 'colour', stage: ({ mireds }) => gainStage(gainsOf(Number(mireds))) },
  match(clause) {
    const direction = directionOf(clause, WORDS);
    if (!direction) return undefined;
    const { amount } = clause;
    const { sign } = direction;
    const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 25;
    const change = sign * (sign > 0 ? WARMER : COOLER) * Math.min(4, scale);
    return {
      used: [direction.used],
      wishes: [
        {
          operation: 'warmth',
          plan: (photo, area) => {
            const {
              warmth: before,
              medianLightness,
              clippedHighlights,
            } = statisticsOf(photo, area);
            if (medianLightness > 99 || medianLightness < 1) {
              return { nothing: 'It is pure white or black, which has no warmth to change.' };
            }
            const tint =
              before > 6
                ? 'leans to yellow'
                : before < -4
                  ? 'leans to blue'
                  : 'is close to neutral';
            return {
              params: { mireds: round(change * 7, 0) },
              goals: [
                {
                  metric: 'warmth',
                  at: before + change,
                  within: Math.max(1, 0.12 * Math.abs(change)),
                },
                { metric: 'clippedHighlights', atMost: clippedHighlights + 1 },
              ],
              why: `Its color ${tint} (mean b* ${round(before, 0)}), so I make it ${sign > 0 ? 'warmer' : 'cooler'} by ${round(Math.abs(change), 0)}.`,
            };
          },
        },
      ],
    };
  },
  correct: correctedBy('warmth', {
    param: 'mireds',
    neutral: 0,
    min: -LIMIT,
    max: LIMIT * 2,
    digits: 0,
  }),
};

/** Gains of linear red, green and blue that turn daylight into light `mireds` warmer. */
function gainsOf(mireds: number): Triple {
  const [red, green, blue] = whiteOf(NEUTRAL_MIREDS + mireds);
  const [red0, green0, blue0] = whiteOf(NEUTRAL_MIREDS);
  const gains: Triple = [red / red0, green / green0, blue / blue0];
  const light = luminance(...gains);
  return [gains[0] / light, gains[1] / light, gains[2] / light];
}

/** Linear sRGB of a black body (Planckian locus after Kim et al., 2002), of luminance 1. */
function whiteOf(mireds: number): Triple {
  const t = (1000 / Math.min(600, Math.max(40, mireds))) * 1000;
  const x =
    t < 4000
      ? -0.266_123_9e9 / t ** 3 - 0.234_358_9e6 / t ** 2 + 0.877_695_6e3 / t + 0.179_91
      : -3.025_846_9e9 / t ** 3 + 2.107_037_9e6 / t ** 2 + 0.222_634_7e3 / t + 0.240_39;
  const y =
    t < 2222
      ? -1.106_381_4 * x ** 3 - 1.348_110_2 * x ** 2 + 2.185_558_32 * x - 0.202_196_83
      : t < 4000
        ? -0.954_947_6 * x ** 3 - 1.374_185_93 * x ** 2 + 2.091_370_15 * x - 0.167_488_67
        : 3.081_758 * x ** 3 - 5.873_386_7 * x ** 2 + 3.751_129_97 * x - 0.370_014_83;
  const bigX = x / y;
  const bigZ = (1 - x - y) / y;
  return [
    Math.max(1e-3, 3.240_454_2 * bigX - 1.537_138_5 - 0.498_531_4 * bigZ),
    Math.max(1e-3, -0.969_266 * bigX + 1.876_010_8 + 0.041_556 * bigZ),
    Math.max(1e-3, 0.055_643_4 * bigX - 0.204_025_9 + 1.057_225_2 * bigZ),
  ];
}
