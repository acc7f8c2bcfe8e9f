import type { Metric } from './metrics.ts';
import {
  hueDistance,
  keptChroma,
  otherChange,
  otherChroma,
  selectedChroma,
} from './named-colour.ts';
import { onLevels, solarized } from './steps-of-tone.ts';
import { statisticsOf } from './statistics.ts';
import { fillDistance, leanTo, twoToneDistance } from './tone-tint.ts';

/** What goals about colours are measured by. */
export const COLOUR_METRICS = {
  blackPoint: {
    phrase: 'the lightness of the blackest tones',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: ({ edited, area }) => statisticsOf(edited, area).blackPoint,
  },
  mutedChroma: {
    phrase: 'the mean chroma of the muted colors',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: ({ edited, area }) => statisticsOf(edited, area).mutedChroma,
  },
  hueDistance: {
    phrase: 'the distance from the wanted hue',
    unit: ' degrees',
    digits: 0,
    score: 'editSuccess',
    measure: hueDistance,
  },
  selectedChroma: {
    phrase: 'the mean chroma of what was recolored',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: selectedChroma,
  },
  keptChroma: {
    phrase: 'the chroma of what keeps its color compared with before',
    unit: ' %',
    digits: 0,
    score: 'overEdit',
    measure: keptChroma,
  },
  otherChroma: {
    phrase: 'the mean chroma of all other colors',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: otherChroma,
  },
  otherChange: {
    phrase: 'the mean change of all other colors',
    unit: '',
    digits: 1,
    score: 'overEdit',
    measure: otherChange,
  },
  tint: {
    phrase: 'the lean towards the tint',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: (evidence) => leanTo(evidence, String(evidence.params['color']), 'all'),
  },
  darkTint: {
    phrase: 'the lean of the dark tones towards their tint',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: (evidence) => leanTo(evidence, String(evidence.params['dark']), 'dark'),
  },
  lightTint: {
    phrase: 'the lean of the light tones towards their tint',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: (evidence) => leanTo(evidence, String(evidence.params['light']), 'light'),
  },
  twoToneDistance: {
    phrase: 'the median distance from the two colors',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: twoToneDistance,
  },
  fillDistance: {
    phrase: 'the median distance from the fill color',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: fillDistance,
  },
  onLevels: {
    phrase: 'the share of pixels on its levels',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: onLevels,
  },
  solarized: {
    phrase: 'the likeness of the light tones to their negative',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: solarized,
  },
} as const satisfies Record<string, Metric>;
