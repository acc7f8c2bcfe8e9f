import { matchOf } from '../language/match.ts';
import type { Area } from '../measure/area.ts';
import { colourNoiseOf, noiseOf } from '../measure/noise.ts';
import type { Photo } from '../measure/photo.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { denoise as filter } from '../pixels/denoise.ts';

const NOISE = String.raw`(?:(?:digital|color|colored|chroma|luma|luminance|sensor|image|iso|high[- ]iso|low[- ]light|film|background|ugly|visible|annoying|all|any|a|lot|lots|bit|little|of|the|some|that|this|its|much|most) )*(?:noise|grain(?:iness|y (?:look|texture))?|noisiness|speckles?|speckling|graininess)`;
const DENOISE = new RegExp(
  [
    String.raw`\b(?:auto )?(?:de-?(?:nois(?:e|ed|ing)|grain(?:ed|ing)?))\b(?: (?:it|this))?`,
    String.raw`\bnoise (?:reduction|removal|filter(?:ing)?|suppression)\b`,
    String.raw`\b(?:remove|reduce|removing|reducing|less|lower|decrease|cut|cut down on|cut back on|clean(?: up)?|clear(?: up)?|smooth(?: out| away)?|suppress|fix|kill|lose|take out|take away|get rid of|filter out|tone down|minimi[sz]e|eliminate|fewer|correct|fight|soften)(?: out)?(?: all)?(?: of)? ${NOISE}\b`,
    String.raw`\bless (?:noisy|grainy|speckled)\b`,
    String.raw`\b(?:too|so|very|really|quite|rather|pretty|a bit|a little|is|looks?|looking|it's|came out|all|kinda|super|fix the) (?:\w+ )?(?:noisy|grainy|speckled|speckly)\b`,
    String.raw`\b(?:too much|so much|(?:there is|there's|has|have|full of)(?: a lot of| lots of)?) ${NOISE}\b`,
    String.raw`^(?:noisy|grainy)$`,
  ].join('|'),
);
/** "Make it so grainy", "I want it grainy": not a complaint. */
const WANTED = /\b(?:make|made|want|turn|give|like)\b(?!.*\bless\b)(?!.*\btoo\b)/;
const COMPLAINED = /\b(?:too|less|remove|reduce|de-?nois\w*|fix|clean|get rid)\b/;

/** L* and Lab units up to which nobody sees noise. */
const CLEAN = 0.4;
const CLEAN_COLOUR = 0.7;
const STRONGEST = 3;

/** Smooths noise away in light and color, and keeps edges. */
export const denoise: Operation = {
  name: 'denoise',
  offer: 'reduce noise',
  order: 30,
  regional: true,
  phrase: phrase('Reduce the noise of {region} with strength {strength}', {
    strength: decimal(2),
  }),
  work: {
    kind: 'filter',
    filter: (pixels, { strength }, { call }) =>
      filter(pixels, { strength: Number(strength) }, call),
  },
  match(clause) {
    const found = DENOISE.exec(clause.text);
    if (!found) return undefined;
    if (
      /(?:grainy|noisy)$/.test(found[0]) &&
      WANTED.test(clause.text) &&
      !COMPLAINED.test(clause.text)
    ) {
      return undefined;
    }
    const { amount } = clause;
    const share =
      amount.percent === undefined
        ? 1 - Math.exp(-1.2 * amount.scale)
        : Math.min(0.95, Math.abs(amount.percent) / 100);
    return matchOf(found, {
      operation: 'denoise',
      plan: (photo, area) => planDenoise(photo, area, share),
    });
  },
  correct: (params, missed) => {
    const misses = missed.filter(({ goal }) => 'atMost' in goal);
    if (misses.length === 0) return undefined;
    const factor = Math.max(
      ...misses.map(({ goal, value }) => ('atMost' in goal ? value / goal.atMost : 1)),
    );
    const strength = Number(params['strength']);
    // The noise falls exponentially; never back by less than a visible step.
    const next = round(Math.min(STRONGEST, strength + Math.max(0.2, Math.log(factor) * 1.5)), 2);
    return next === strength ? undefined : { ...params, strength: next };
  },
};

/** Plans to take away a share of the noise, 0 to 1. */
function planDenoise(photo: Photo, area: Area, share: number): Planned {
  const { lightness } = noiseOf(photo, area);
  const colour = colourNoiseOf(photo, area);
  if (lightness < CLEAN && colour < CLEAN_COLOUR) {
    return {
      nothing: `Its smooth places are clean (noise ${lightness.toFixed(1)} of 100), so there is no noise to take away.`,
    };
  }
  // Some of a large picture's noise is coarser than what the filter looks at.
  const left = (value: number, clean: number): number =>
    Math.max(clean, value * (1 - share * 0.85));
  return {
    params: { strength: round(Math.min(STRONGEST, -Math.log(Math.max(1e-3, 1 - share))), 2) },
    goals: [
      { metric: 'noise', atMost: left(lightness, CLEAN) },
      { metric: 'colourNoise', atMost: left(colour, CLEAN_COLOUR) },
      { metric: 'edgesKept', atLeast: 85 },
    ],
    why: `Its smooth places flicker by ${lightness.toFixed(1)} in lightness and ${colour.toFixed(1)} in color, so I take away about ${Math.round(share * 100)} % of that and keep the edges.`,
  };
}
