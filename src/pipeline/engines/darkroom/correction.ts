import type { Area } from './measure/area.ts';
import type { Goal, Measured } from './measure/goal.ts';
import type { MetricName } from './measure/metrics.ts';
import type { Photo } from './measure/photo.ts';
import { statisticsOf, type Statistics } from './measure/statistics.ts';
import { leanTo, type Tones } from './measure/tone-tint.ts';
import type { Trial } from './operation.ts';
import { round, type Params } from './phrase.ts';

/** Reads the number that a strength changes, of a picture and an area of it. */
type Reading = (photo: Photo, area: Area) => number;

/** What both a goal can be about and a picture be measured for, by the same name. */
type Metric = MetricName & Exclude<keyof Statistics, 'cast'>;

interface Strength {
  readonly param: string;
  /** The value that changes nothing. */
  readonly neutral: number;
  readonly min: number;
  readonly max: number;
  readonly digits: number;
}

/**
 * The next strength, from how far the last one got: what was wished for over what was reached, as
 * if the effect were proportional (secant through the neutral value). Undefined at the end of the
 * range, or when nothing was reached at all.
 */
function corrected(
  params: Params,
  strength: Strength,
  before: number,
  missed: Measured,
): Params | undefined {
  const { param, neutral, min, max, digits } = strength;
  const target = targetOf(missed.goal);
  const reached = missed.value - before;
  const current = Number(params[param]);
  if (Math.abs(reached) < 1e-6 || current === neutral) return undefined;
  const factor = Math.min(3, Math.max(0.2, (target - before) / reached));
  const next = round(Math.min(max, Math.max(min, neutral + (current - neutral) * factor)), digits);
  return next === current ? undefined : { ...params, [param]: next };
}

const targetOf = (goal: Goal): number =>
  'at' in goal ? goal.at : 'atMost' in goal ? goal.atMost : goal.atLeast;

/** An operation's `correct` that brings one number to its goal by one strength. */
export const correctedBy = (metric: Metric, strength: Strength) =>
  correctedFrom(metric, strength, (photo, area) => statisticsOf(photo, area)[metric]);

/** The same for a number that is not among the statistics. */
export const correctedFrom =
  (metric: MetricName, strength: Strength, read: Reading) =>
  (params: Params, missed: readonly Measured[], { without, area }: Trial): Params | undefined => {
    const miss = missed.find(({ goal }) => goal.metric === metric);
    return miss && corrected(params, strength, read(without, area), miss);
  };

/** A strength in Lab units by which tones lean to a colour, and the goal that speaks of it. */
interface Lean {
  readonly metric: MetricName;
  readonly param: string;
  /** The parameter that names the colour. */
  readonly colour: string;
  readonly tones: Tones;
  readonly max: number;
}

/** An operation's `correct` that brings tones to lean to their colours as far as they are to. */
export const correctedByLean =
  (leans: readonly Lean[]) =>
  (params: Params, missed: readonly Measured[], { without, area }: Trial): Params | undefined => {
    let next: Params | undefined;
    for (const { metric, param, colour, tones, max } of leans) {
      const miss = missed.find(({ goal }) => goal.metric === metric);
      if (!miss) continue;
      const before = leanTo({ edited: without, area }, String(params[colour]), tones);
      const strength = { param, neutral: 0, min: -max, max, digits: 1 };
      next = corrected(next ?? params, strength, before, miss) ?? next;
    }
    return next;
  };
