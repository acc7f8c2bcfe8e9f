import type { EncodedImage } from '../../../../image/types.ts';
import type { Framed } from './framing.ts';
import type { Photo } from './photo.ts';
import { METRICS, type MetricName } from './metrics.ts';
import type { Params } from '../phrase.ts';
import type { Area } from './area.ts';

/** A number that the finished picture is to have, and how near is near enough. */
export type Goal = { readonly metric: MetricName } & (
  | { readonly at: number; readonly within: number }
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** What a goal is measured on. */
export interface Evidence {
  /** The picture before the step: turned, cropped and resized as the instruction says, and for filters and text with its colors changed too. */
  readonly base: Photo;
  readonly edited: Photo;
  /** Where the step works, as found on the picture before it. */
  readonly area: Area;
  readonly params: Params;
  /** The whole result, as the file that it is. */
  readonly file: EncodedImage;
  /** For the goals of a frame; `edited` is then the frame with all within it. */
  readonly framed?: Framed;
}

export interface Measured {
  readonly goal: Goal;
  readonly value: number;
  readonly met: boolean;
  /** How near to the goal: 1 when met, towards 0 the farther away. */
  readonly closeness: number;
}

/** Goals are rounded to what is written of them, so that reading gives back the same. */
export function roundGoal(goal: Goal): Goal {
  const { digits } = METRICS[goal.metric];
  const number = (value: number) => Number(value.toFixed(digits)) || 0;
  if ('at' in goal)
    return { metric: goal.metric, at: number(goal.at), within: number(goal.within) };
  if ('atMost' in goal) return { metric: goal.metric, atMost: number(goal.atMost) };
  return { metric: goal.metric, atLeast: number(goal.atLeast) };
}

export function writeGoal(goal: Goal): string {
  const { phrase, unit, digits } = METRICS[goal.metric];
  const number = (value: number) => value.toFixed(digits);
  if ('at' in goal)
    return goal.within === 0
      ? `${phrase} is exactly ${number(goal.at)}${unit}`
      : `${phrase} is ${number(goal.at)} ± ${number(goal.within)}${unit}`;
  if ('atMost' in goal) return `${phrase} is at most ${number(goal.atMost)}${unit}`;
  return `${phrase} is at least ${number(goal.atLeast)}${unit}`;
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const FORM = new RegExp(
  `^(.+?) is (?:exactly ${NUMBER}|${NUMBER} ± ${NUMBER}|at most ${NUMBER}|at least ${NUMBER})(.*)$`,
);

/** Undefined when the words are not a goal. */
export function readGoal(words: string): Goal | undefined {
  const found = FORM.exec(words);
  if (!found) return undefined;
  const [, phrase, exactly, at, within, atMost, atLeast, unit] = found;
  const metric = (Object.keys(METRICS) as MetricName[]).find(
    (name) => METRICS[name].phrase === phrase && METRICS[name].unit === unit,
  );
  if (!metric) return undefined;
  if (exactly !== undefined) return { metric, at: Number(exactly), within: 0 };
  if (at !== undefined) return { metric, at: Number(at), within: Number(within) };
  if (atMost !== undefined) return { metric, atMost: Number(atMost) };
  return { metric, atLeast: Number(atLeast) };
}

export async function measureGoal(goal: Goal, evidence: Evidence): Promise<Measured> {
  const { measure, digits } = METRICS[goal.metric];
  const value = Number((await measure(evidence)).toFixed(digits + 1));
  const [miss, scale] = missOf(goal, value);
  return { goal, value, met: miss <= 0, closeness: miss <= 0 ? 1 : Math.exp(-miss / scale) };
}

/** How far past its tolerance a value is, and how far is far. */
function missOf(goal: Goal, value: number): [miss: number, scale: number] {
  if ('at' in goal) {
    return [Math.abs(value - goal.at) - goal.within - 1e-9, Math.max(goal.within * 4, 1e-6)];
  }
  if ('atMost' in goal) return [value - goal.atMost - 1e-9, Math.max(Math.abs(goal.atMost), 1)];
  return [goal.atLeast - value - 1e-9, Math.max(Math.abs(goal.atLeast) / 2, 1)];
}
