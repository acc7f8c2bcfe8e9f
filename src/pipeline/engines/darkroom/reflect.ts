import { AppError } from '../../../errors.ts';
import type { Call, ReflectInput, Reflection, Scores } from '../../types.ts';
import { readInstruction, roundStep, writeInstruction } from './instruction.ts';
import { judge } from './judge.ts';
import { writeGoal, type Measured } from './measure/goal.ts';
import { METRICS, type ScoreName } from './measure/metrics.ts';
import { nextTry } from './retry.ts';

/** Measures every goal on the result. Goals that were missed make a new instruction for the base. */
export async function* reflect(
  { instruction, base, edited, references, mask }: ReflectInput,
  call: Call,
): AsyncGenerator<string, Reflection> {
  const read = readInstruction(instruction);
  if (!read) {
    throw new AppError(
      'NOT_UNDERSTOOD',
      'This engine can only judge instructions in its own words.',
    );
  }
  const critique: string[] = [];
  const judging = judge({ base, edited, references, mask, instruction: read }, call);
  let next = await judging.next();
  while (!next.done) {
    const line = sentence(next.value);
    yield critique.length === 0 ? line : `\n${line}`;
    critique.push(line);
    next = await judging.next();
  }
  const judgement = next.value;
  const all = judgement.judged.flatMap(({ measured }) => measured);
  const scores = scoresOf(all);
  if (all.every(({ met }) => met)) {
    return { critique: critique.join('\n'), scores, verdict: 'success' };
  }

  const better = await nextTry(judgement, call);
  if (better.settled) {
    const line = 'More than this the picture does not give, so I settle for what can be reached.';
    yield `\n${line}`;
    critique.push(line);
  }
  const nextInstruction = writeInstruction({ ...read, steps: better.steps.map(roundStep) });
  return { critique: critique.join('\n'), scores, verdict: 'revert', nextInstruction };
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
