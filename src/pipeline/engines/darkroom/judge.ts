import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import { photoBefore } from './earlier.ts';
import { layersIn, throughFrames } from './framed.ts';
import type { Instruction } from './instruction.ts';
import { areasOf, WHOLE, type Areas } from './measure/area.ts';
import { measureGoal, type Measured } from './measure/goal.ts';
import type { Framed } from './measure/framing.ts';
import { withinMarks } from './measure/marked.ts';
import { hidePainted, photoOf, photoOfPixels, photoWithin, type Photo } from './measure/photo.ts';
import type { Step } from './operation.ts';
import { isToning, kindOf } from './placed.ts';
import { openImage, toPixels } from './pixels/pixels.ts';
import { moveCopy, paintSteps, recolourCopy } from './rehearse.ts';

/** A round to be judged: what it started from, what came of it, and what it was told. */
export interface Trial {
  readonly base: EncodedImage;
  readonly edited: EncodedImage;
  readonly references: readonly EncodedImage[];
  /** What lies outside of it is not judged. */
  readonly mask?: EncodedImage | undefined;
  readonly instruction: Instruction;
}

export interface JudgedStep {
  readonly step: Step;
  readonly measured: readonly Measured[];
}

/** A round with all its goals measured, and what they were measured on. */
export interface Judgement {
  readonly judged: readonly JudgedStep[];
  /** The picture before its colours were changed. */
  readonly moved: Photo;
  /** The result without what was laid over it or around it. */
  readonly edited: Photo;
  readonly areas: Areas;
  readonly file: EncodedImage;
}

/** What the goals of a step are measured on. */
interface Seen {
  readonly base: Photo;
  readonly edited: Photo;
  readonly framed?: Framed;
}

/** Measures every goal of an instruction on its result; yields each as soon as it is known. */
export async function* judge(
  { base, edited, references, mask, instruction }: Trial,
  call: Call,
): AsyncGenerator<Measured, Judgement> {
  const { steps } = instruction;
  const start = await startingPhoto(base, references, instruction, call);
  const rearranged = await moveCopy(start, steps, references);
  // Where nothing was moved its regions have been found before.
  const found =
    rearranged === start ? await photoBefore(base, references, instruction, call) : rearranged;
  const moved = await withinMarks(throughFrames(rearranged, steps), mask, call);
  const areas = await areasOf(found, steps);
  const recoloured = steps.some(comesAfterColours)
    ? await recolourCopy(moved, steps, areas, call)
    : moved;
  const layers = layersIn(edited, steps, moved);
  const [innermost] = layers;
  const after = await withinMarks(
    innermost ? await photoWithin(edited, innermost.inner) : await photoOf(edited),
    mask,
    call,
  );
  // Letters are no part of the picture's tones and colors.
  const plain = hidePainted(after, await paintSteps(steps, after.copy));
  const seenBy = async (step: Step): Promise<Seen> => {
    const kind = kindOf(step);
    if (kind === 'move' || isToning(step)) return { base: moved, edited: plain };
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
      yield result;
    }
    judged.push({ step, measured });
  }
  return { judged, moved, edited: plain, areas, file: edited };
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
  return kindOf(step) !== 'move' && !isToning(step);
}
