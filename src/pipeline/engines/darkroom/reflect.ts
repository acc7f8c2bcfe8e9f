import { AppError } from '../../../errors.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ReflectInput, Reflection, Scores } from '../../types.ts';
import { moveCopy, paintSteps, recolourCopy } from './execute.ts';
import { measureGoal, writeGoal, type Measured } from './measure/goal.ts';
import { readInstruction, roundStep, writeInstruction } from './instruction.ts';
import { METRICS, type ScoreName } from './measure/metrics.ts';
import type { Step } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import { hidePainted, photoOf, photoOfPixels, type Photo } from './measure/photo.ts';
import { openImage, toPixels } from './pixels/pixels.ts';
import { nextTry, type JudgedStep } from './retry.ts';

/** Measures every goal on the result. Goals that were missed make a new instruction for the base. */
export async function* reflect(
  { instruction, base, edited }: ReflectInput,
  call: Call,
): AsyncGenerator<string, Reflection> {
  const steps = readInstruction(instruction);
  if (!steps) {
    throw new AppError(
      'NOT_UNDERSTOOD',
      'This engine can only judge instructions in its own words.',
    );
  }
  const moved = await moveCopy(await basePhoto(base, steps), steps);
  const recoloured = steps.some(comesAfterColours) ? await recolourCopy(moved, steps, call) : moved;
  const after = await photoOf(edited);
  // Letters are no part of the picture's tones and colors.
  const painted = await paintSteps(steps, after.copy);
  const picture = { before: moved, after: hidePainted(after, painted) };
  const judged: JudgedStep[] = [];
  const critique: string[] = [];
  for (const step of steps) {
    const measured: Measured[] = [];
    for (const goal of step.goals) {
      const { region, params } = step;
      const seen = comesAfterColours(step) ? { before: recoloured, after } : picture;
      const result = await measureGoal(goal, {
        base: seen.before,
        edited: seen.after,
        region,
        params,
      });
      call.signal.throwIfAborted();
      measured.push(result);
      const line = sentence(result);
      yield critique.length === 0 ? line : `\n${line}`;
      critique.push(line);
    }
    judged.push({ step, measured });
  }

  const scores = scoresOf(judged.flatMap(({ measured }) => measured));
  const missed = judged.some(({ measured }) => measured.some(({ met }) => !met));
  if (!missed) return { critique: critique.join('\n'), scores, verdict: 'success' };

  const next = await nextTry(judged, picture.before, picture.after, call);
  if (next.settled) {
    const line = 'More than this the picture does not give, so I settle for what can be reached.';
    yield `\n${line}`;
    critique.push(line);
  }
  const nextInstruction = writeInstruction(next.steps.map(roundStep));
  return { critique: critique.join('\n'), scores, verdict: 'revert', nextInstruction };
}

/** What must not have changed at all is compared with the picture at full size. */
async function basePhoto(base: EncodedImage, steps: readonly Step[]): Promise<Photo> {
  const exact = steps.some(({ goals }) => goals.some(({ metric }) => metric === 'untouched'));
  if (!exact) return photoOf(base);
  const { sharp } = await openImage(base);
  return photoOfPixels(await toPixels(sharp, false));
}

function comesAfterColours({ operation }: Step): boolean {
  const kind = operationNamed(operation)?.work.kind;
  return kind === 'filter' || kind === 'overlay';
}

function sentence({ goal, value, met }: Measured): string {
  const { phrase, unit, digits } = METRICS[goal.metric];
  const measured = `${phrase[0]?.toUpperCase()}${phrase.slice(1)} is ${value.toFixed(digits)}${unit}`;
  const wish = writeGoal(goal).slice(`${phrase} is `.length);
  return `${measured}; wanted ${wish}: ${met ? 'met' : 'missed'}.`;
}

function scoresOf(measured: readonly Measured[]): Scores {
  const score = (name: ScoreName): number => {
    const about = measured.filter(({ goal }) => METRICS[goal.metric].score === name);
    if (about.length === 0) return 10;
    const mean = about.reduce((sum, { closeness }) => sum + closeness, 0) / about.length;
    return Number((10 * mean).toFixed(1));
  };
  return {
    editSuccess: score('editSuccess'),
    overEdit: score('overEdit'),
    naturalness: score('naturalness'),
    artifacts: score('artifacts'),
  };
}
