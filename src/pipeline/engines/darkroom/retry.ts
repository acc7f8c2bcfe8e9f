import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import type { JudgedStep, Judgement } from './judge.ts';
import { WHOLE, type Area } from './measure/area.ts';
import { measureGoal, type Goal, type Measured } from './measure/goal.ts';
import { METRICS } from './measure/metrics.ts';
import type { Step } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import { reducedCopy, TRIAL_SIDE, type Photo } from './measure/photo.ts';
import { isToning } from './placed.ts';
import { recolourCopy } from './rehearse.ts';

/** Passes over the steps; each helps those that pull on the same number to agree. */
const PASSES = 5;

/**
 * The same steps with better strengths where goals were missed. What the result measured differs
 * from what a small copy predicts; that difference is kept, and the copy tried until it would meet
 * the goals. Where nothing better can be tried the goal becomes what was reached (`settled`).
 */
export async function nextTry(
  { judged, moved, edited, areas, file }: Judgement,
  call: Call,
): Promise<{ steps: readonly Step[]; settled: boolean }> {
  const small = await reducedCopy(moved, TRIAL_SIDE);
  const tryOut = (tried: readonly Step[]) => recolourCopy(small, tried, areas, call);
  let steps = judged.map(({ step }) => step);
  const first = await tryOut(steps);
  let changed = false;
  for (let pass = 0; pass < PASSES; pass += 1) {
    let missedAny = false;
    for (const [index, { step: tried, measured }] of judged.entries()) {
      const step = steps[index] ?? tried;
      const operation = operationNamed(step.operation);
      const toning = isToning(step);
      // Only changes of tone and color can be tried on the copy; the others get their one correction.
      if (!operation?.correct || (!toning && pass > 0)) continue;
      const area = areas.get(step.region) ?? WHOLE;
      const now = toning ? await tryOut(steps) : edited;
      const expected = toning
        ? await predict(measured, step, { base: small, first, now, area, file })
        : measured;
      const missed = expected.filter(({ met }) => !met);
      if (missed.length === 0) continue;
      const without = toning ? await tryOut(steps.toSpliced(index, 1)) : moved;
      const trial = { without, edited: now, area, file, call };
      const params = await operation.correct(step.params, missed, trial);
      if (!params) continue;
      steps = steps.with(index, { ...step, params });
      changed = true;
      missedAny = true;
    }
    if (!missedAny) break;
  }
  if (changed) return { steps, settled: false };
  return { steps: judged.map(settle), settled: true };
}

interface Prospect {
  readonly base: Photo;
  /** The copy with the strengths that the result was made with, and with those to try next. */
  readonly first: Photo;
  readonly now: Photo;
  readonly area: Area;
  readonly file: EncodedImage;
}

/** What the result would measure with the strengths of `now`, given what it measured with the first. */
function predict(
  measured: readonly Measured[],
  { params }: Step,
  { base, first, now, area, file }: Prospect,
): Promise<Measured[]> {
  return Promise.all(
    measured.map(async ({ goal, value }) => {
      const seen = (edited: Photo) => ({ base, edited, area, params, file });
      const offset = value - (await METRICS[goal.metric].measure(seen(first)));
      const shifted = shift(goal, -offset);
      const result = await measureGoal(shifted, seen(now));
      return { ...result, goal: shifted };
    }),
  );
}

function shift(goal: Goal, by: number): Goal {
  if ('at' in goal) return { ...goal, at: goal.at + by };
  if ('atMost' in goal) return { ...goal, atMost: goal.atMost + by };
  return { ...goal, atLeast: goal.atLeast + by };
}

function settle({ step, measured }: JudgedStep): Step {
  return {
    ...step,
    goals: measured.map(({ goal, value, met }) => (met ? goal : reachable(goal, value))),
  };
}

function reachable(goal: Goal, value: number): Goal {
  // A unit of the last written digit keeps the rounded goal on the safe side of the value.
  const unit = 10 ** -METRICS[goal.metric].digits;
  if ('at' in goal) return { ...goal, at: value, within: Math.max(goal.within, unit) };
  if ('atMost' in goal) return { ...goal, atMost: value + unit };
  return { ...goal, atLeast: value - unit };
}
