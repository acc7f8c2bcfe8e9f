import { AppError } from '../../../errors.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ReflectInput, Reflection, Scores } from '../../types.ts';
import { photoBefore } from './earlier.ts';
import { readInstruction, roundStep, writeInstruction, type Instruction } from './instruction.ts';
import { areasOf, WHOLE } from './measure/area.ts';
import { measureGoal, writeGoal, type Measured } from './measure/goal.ts';
import { METRICS, type ScoreName } from './measure/metrics.ts';
import { layersOf, throughFrames } from './framed.ts';
import type { Framed } from './measure/framing.ts';
import { hidePainted, photoOf, photoOfPixels, photoWithin, type Photo } from './measure/photo.ts';
import type { Step } from './operation.ts';
import { kindOf } from './placed.ts';
import { openImage, toPixels } from './pixels/pixels.ts';
import { moveCopy, paintSteps, recolourCopy } from './rehearse.ts';
import { nextTry, type JudgedStep } from './retry.ts';

/** What the goals of a step are measured on. */
interface Seen {
  readonly base: Photo;
  readonly edited: Photo;
  readonly framed?: Framed;
}

/** Measures every goal on the result. Goals that were missed make a new instruction for the base. */
export async function* reflect(
  { instruction, base, edited, references }: ReflectInput,
  call: Call,
): AsyncGenerator<string, Reflection> {
  const read = readInstruction(instruction);
  if (!read) {
    throw new AppError(
      'NOT_UNDERSTOOD',
      'This engine can only judge instructions in its own words.',
    );
  }
  const { steps } = read;
  const start = await startingPhoto(base, references, read, call);
  const moved = throughFrames(await moveCopy(start, steps, references), steps);
  const areas = await areasOf(moved, steps);
  const recoloured = steps.some(comesAfterColours)
    ? await recolourCopy(moved, steps, areas, call)
    : moved;
  const layers = layersOf(steps, moved);
  const [innermost] = layers;
  const after = innermost ? await photoWithin(edited, innermost.inner) : await photoOf(edited);
  // Letters are no part of the picture's tones and colors.
  const plain = hidePainted(after, await paintSteps(steps, after.copy));
  const seenBy = async (step: Step): Promise<Seen> => {
    const kind = kindOf(step);
    if (kind === 'move' || kind === 'colour') return { base: moved, edited: plain };
    if (kind === 'file') return { base: recoloured, edited: await photoOf(edited) };
    const layer = layers.find((each) => each.step === step);
    if (!layer) return { base: recoloured, edited: after };
    const { inner, outer } = layer;
    return {
      base: recoloured,
      edited: await photoWithin(edited, outer),
      framed: {
        inner: { ...inner, left: inner.left - outer.left, top: inner.top - outer.top },
        picture: after,
      },
    };
  };
  const judged: JudgedStep[] = [];
  const critique: string[] = [];
  for (const step of steps) {
    const measured: Measured[] = [];
    const seen = await seenBy(step);
    for (const goal of step.goals) {
      const result = await measureGoal(goal, {
        ...seen,
        area: areas.get(step.region) ?? WHOLE,
        params: step.params,
        file: edited,
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

  const next = await nextTry(judged, { moved, edited: plain, areas, file: edited }, call);
  if (next.settled) {
    const line = 'More than this the picture does not give, so I settle for what can be reached.';
    yield `\n${line}`;
    critique.push(line);
  }
  const nextInstruction = writeInstruction({ ...read, steps: next.steps.map(roundStep) });
  return { critique: critique.join('\n'), scores, verdict: 'revert', nextInstruction };
}

/** What must not have changed at all is compared with the picture at full size. */
async function startingPhoto(
  base: EncodedImage,
  references: readonly EncodedImage[],
  instruction: Instruction,
  call: Call,
): Promise<Photo> {
  const exact = instruction.steps.some(({ goals }) =>
    goals.some(({ metric }) => metric === 'untouched'),
  );
  if (!exact || instruction.earlier.length > 0) {
    return photoBefore(base, references, instruction, call);
  }
  const { sharp } = await openImage(base);
  return photoOfPixels(await toPixels(sharp, false));
}

function comesAfterColours(step: Step): boolean {
  const kind = kindOf(step);
  return kind !== 'move' && kind !== 'colour';
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
