import { sniff } from '../../../../image/sniff.ts';
import { blockDetail } from './block-detail.ts';
import { COLOUR_METRICS } from './colour-metrics.ts';
import { fileLikeness } from './file-likeness.ts';
import type { Evidence } from './goal.ts';
import { edgesKept } from './edges-kept.ts';
import { evennessOf } from './evenness.ts';
import { falloffOf } from './falloff.ts';
import { grainOf } from './grain.ts';
import { hazeOf } from './haze.ts';
import { localContrastOf } from './local-contrast.ts';
import { colourNoiseOf, noiseOf } from './noise.ts';
import { opacityInside, opacityOutside } from './opacity.ts';
import {
  framedLikeness,
  frameColourDifference,
  frameDetail,
  frameSeam,
  transparentShare,
} from './framing.ts';
import { thirdsDistance } from './attention.ts';
import { uniformBars } from './bars.ts';
import { likeness } from './likeness.ts';
import { markStrength } from './mark-strength.ts';
import { rednessLeft } from './red-eyes.ts';
import { spotsLeft } from './spots.ts';
import { statisticsOf, type Statistics } from './statistics.ts';
import { textContrast } from './text-contrast.ts';
import { tiltOf } from './tilt.ts';
import { untouchedPsnr } from './untouched.ts';

/** Which of the four scores of a round a metric speaks for. */
export type ScoreName = 'editSuccess' | 'overEdit' | 'naturalness' | 'artifacts';

export interface Metric {
  /** How it is called in an instruction; unique, and without " is " or " and ". */
  readonly phrase: string;
  readonly unit: string;
  /** Decimals in an instruction. */
  readonly digits: number;
  readonly score: ScoreName;
  measure(evidence: Evidence): number | Promise<number>;
}

const statistic =
  (read: (statistics: Statistics) => number) =>
  ({ edited, area }: Evidence): number =>
    read(statisticsOf(edited, area));

/** Everything that a goal can be about. */
export const METRICS = {
  medianLightness: {
    phrase: 'the median lightness',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ medianLightness }) => medianLightness),
  },
  darkTones: {
    phrase: 'the lightness of the dark tones',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ darkTones }) => darkTones),
  },
  lightTones: {
    phrase: 'the lightness of the light tones',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ lightTones }) => lightTones),
  },
  lightnessSpread: {
    phrase: 'the spread of lightness',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ lightnessSpread }) => lightnessSpread),
  },
  warmth: {
    phrase: 'the mean b*',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ warmth }) => warmth),
  },
  castStrength: {
    phrase: 'the color cast',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ cast }) => Math.hypot(cast.a, cast.b)),
  },
  meanChroma: {
    phrase: 'the mean chroma',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ meanChroma }) => meanChroma),
  },
  strongestChroma: {
    phrase: 'the strongest chroma',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: statistic(({ strongestChroma }) => strongestChroma),
  },
  edgeStrength: {
    phrase: 'the edge strength compared with before',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: ({ base, edited, area }) =>
      (100 * statisticsOf(edited, area).edgeStrength) /
      Math.max(1e-6, statisticsOf(base, area).edgeStrength),
  },
  localContrast: {
    phrase: 'the local contrast',
    unit: '',
    digits: 2,
    score: 'editSuccess',
    measure: ({ edited, area }) => localContrastOf(edited, area),
  },
  evenness: {
    phrase: 'the evenness of tones in each part',
    unit: ' %',
    digits: 1,
    score: 'editSuccess',
    measure: ({ edited, area }) => evennessOf(edited, area),
  },
  haze: {
    phrase: 'the haze',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited, area }) => hazeOf(edited, area).percent,
  },
  noise: {
    phrase: 'the noise',
    unit: '',
    digits: 2,
    score: 'editSuccess',
    measure: ({ edited, area }) => noiseOf(edited, area).lightness,
  },
  colourNoise: {
    phrase: 'the color noise',
    unit: '',
    digits: 2,
    score: 'editSuccess',
    measure: ({ edited, area }) => colourNoiseOf(edited, area),
  },
  grain: {
    phrase: 'the grain',
    unit: '',
    digits: 2,
    score: 'editSuccess',
    measure: ({ edited, area }) => grainOf(edited, area),
  },
  falloff: {
    phrase: 'the falloff of light towards the corners',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: ({ edited }) => falloffOf(edited).corners,
  },
  tilt: {
    phrase: 'the remaining tilt',
    unit: ' degrees',
    digits: 1,
    score: 'editSuccess',
    // Where no lines are left to see, none are crooked.
    measure: ({ edited }) => Math.abs(tiltOf(edited)?.degrees ?? 0),
  },
  width: {
    phrase: 'the width',
    unit: ' px',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited }) => edited.width,
  },
  height: {
    phrase: 'the height',
    unit: ' px',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited }) => edited.height,
  },
  aspectRatio: {
    phrase: 'the aspect ratio',
    unit: '',
    digits: 3,
    score: 'editSuccess',
    measure: ({ edited }) => edited.width / edited.height,
  },
  textContrast: {
    phrase: 'the contrast of the text',
    unit: ':1',
    digits: 1,
    score: 'editSuccess',
    measure: textContrast,
  },
  markStrength: {
    phrase: 'the visibility of the watermark',
    unit: '',
    digits: 0,
    score: 'editSuccess',
    measure: markStrength,
  },
  inversion: {
    phrase: 'the likeness to the negative',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: (evidence) => -likeness(evidence),
  },
  ...COLOUR_METRICS,
  clippedHighlights: {
    phrase: 'the share of clipped highlights',
    unit: ' %',
    digits: 1,
    score: 'naturalness',
    measure: statistic(({ clippedHighlights }) => clippedHighlights),
  },
  crushedShadows: {
    phrase: 'the share of crushed shadows',
    unit: ' %',
    digits: 1,
    score: 'naturalness',
    measure: statistic(({ crushedShadows }) => crushedShadows),
  },
  edgesKept: {
    phrase: 'the steepness of edges compared with before',
    unit: ' %',
    digits: 0,
    score: 'artifacts',
    measure: edgesKept,
  },
  likeness: {
    phrase: 'the likeness to the moved picture',
    unit: ' %',
    digits: 0,
    score: 'artifacts',
    measure: likeness,
  },
  blockDetail: {
    phrase: 'the detail left within blocks',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: blockDetail,
  },
  redness: {
    phrase: 'the redness of the pupils',
    unit: '',
    digits: 0,
    score: 'editSuccess',
    measure: rednessLeft,
  },
  spotsLeft: {
    phrase: 'what still stands out of what did',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: spotsLeft,
  },
  fileSize: {
    phrase: 'the size of the file',
    unit: ' KB',
    digits: 1,
    score: 'editSuccess',
    // Upwards: what is over a limit never reads like the limit.
    measure: ({ file }) => Math.ceil(file.bytes.length / 100) / 10,
  },
  fileFormat: {
    phrase: 'the match of the file with its format',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: ({ file, params }) => {
      const found = sniff(file.bytes);
      return found.kind === 'image' && found.format === params['format'] ? 100 : 0;
    },
  },
  fileLikeness: {
    phrase: 'the likeness of the file to the picture',
    unit: ' %',
    digits: 0,
    score: 'artifacts',
    measure: fileLikeness,
  },
  opacityInside: {
    phrase: 'what can be seen of the cut-out',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: opacityInside,
  },
  opacityOutside: {
    phrase: 'what can be seen of all else',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: opacityOutside,
  },
  uniformBars: {
    phrase: 'the share of plain bars',
    unit: ' %',
    digits: 1,
    score: 'editSuccess',
    measure: ({ edited }) => uniformBars(edited),
  },
  thirdsDistance: {
    phrase: 'the distance of the center of attention from the thirds',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited }) => thirdsDistance(edited),
  },
  wholeWidth: {
    phrase: 'the width with the frame',
    unit: ' px',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited }) => edited.width,
  },
  wholeHeight: {
    phrase: 'the height with the frame',
    unit: ' px',
    digits: 0,
    score: 'editSuccess',
    measure: ({ edited }) => edited.height,
  },
  frameColor: {
    phrase: 'the color difference of the frame',
    unit: '',
    digits: 1,
    score: 'editSuccess',
    measure: frameColourDifference,
  },
  frameDetail: {
    phrase: 'the detail of the bars compared with the picture',
    unit: ' %',
    digits: 0,
    score: 'editSuccess',
    measure: frameDetail,
  },
  frameSeam: {
    phrase: 'the seam of the bars',
    unit: '',
    digits: 1,
    score: 'artifacts',
    measure: frameSeam,
  },
  framedLikeness: {
    phrase: 'the likeness of the framed picture',
    unit: ' %',
    digits: 0,
    score: 'overEdit',
    measure: framedLikeness,
  },
  transparentShare: {
    phrase: 'the transparent share',
    unit: ' %',
    digits: 1,
    score: 'editSuccess',
    measure: transparentShare,
  },
  untouched: {
    phrase: 'the likeness of the untouched rest',
    unit: ' dB',
    digits: 0,
    score: 'overEdit',
    measure: untouchedPsnr,
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
