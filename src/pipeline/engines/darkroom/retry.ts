import type { Call } from '../../types.ts';
import { recolourCopy } from './execute.ts';
import { measureGoal, type Goal, type Measured } from './measure/goal.ts';
import { METRICS } from './measure/metrics.ts';
import type { Step } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import { reducedCopy, TRIAL_SIDE, type Photo } from './measure/photo.ts';

export interface JudgedStep {
  readonly step: Step;
  readonly measured: readonly Measured[];
}

/** Passes over the steps; each helps those that pull on the same number to agree. */
const PASSES = 5;

/**
 * The same steps with better strengths where goals were missed. What the result measured differs
 * from what a small copy predicts; that difference is kept, and the copy tried until it would meet
 * the goals. Where nothing better can be tried the goal becomes what was reached (`settled`).
 */
export async function nextTry(
  judged: readonly JudgedStep[],
  moved: Photo,
  edited: Photo,
  call: Call,
): Promise<{ steps: readonly Step[]; settled: boolean }> {
  const small = await reducedCopy(moved, TRIAL_SIDE);
  let steps = judged.map(({ step }) => step);
  const first = await recolourCopy(small, steps, call);
  let changed = false;
  for (let pass = 0; pass < PASSES; pass += 1) {
    let missedAny = false;
    for (const [index, { step: tried, measured }] of judged.entries()) {
      const step = steps[index] ?? tried;
      const operation = operationNamed(step.operation);
      const isColour = operation?.work.kind === 'colour';
      // Only changes of color can be tried on the copy; the others get their one correction.
      if (!operation?.correct || (!isColour && pass > 0)) continue;
      const now = isColour ? await recolourCopy(small, steps, call) : edited;
      const expected = isColour ? await predict(measured, step, small, first, now) : measured;
      const missed = expected.filter(({ met }) => !met);
      if (missed.length === 0) continue;
      const without = isColour ? await recolourCopy(small, steps.toSpliced(index, 1), call) : moved;
      const params = operation.correct(step.params, missed, {
        without,
        edited: now,
        region: step.region,
      });
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

/** What the result would measure with the strengths of `now`, given what it measured with the first. */
function predict(
  measured: readonly Measured[],
  { region, params }: Step,
  base: Photo,
  first: Photo,
  now: Photo,
): Promise<Measured[]> {
  return Promise.all(
    measured.map(async ({ goal, value }) => {
      const onCopy = (photo: Photo) =>
        METRICS[goal.metric].measure({ base, edited: photo, region, params });
      const offset = value - (await onCopy(first));
      const shifted = shift(goal, -offset);
      const result = await measureGoal(shifted, { base, edited: now, region, params });
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
