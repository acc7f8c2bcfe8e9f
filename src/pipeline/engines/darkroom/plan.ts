import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditInput } from '../../types.ts';
import { roundStep } from './instruction.ts';
import { areaOf, areasOf, WHOLE, type Area, type Areas } from './measure/area.ts';
import { areaNote, notFound } from './measure/area-note.ts';
import type { Goal } from './measure/goal.ts';
import { METRICS, type MetricName } from './measure/metrics.ts';
import { reducedCopy, TRIAL_SIDE, type Photo } from './measure/photo.ts';
import type { Step, WorkKind } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import { throughFrames } from './framed.ts';
import { isToning, kindOf, makesTransparent, placed } from './placed.ts';
import type { Size } from './pixels/box.ts';
import type { Region } from './pixels/region.ts';
import { moveCopy, recolourCopy } from './rehearse.ts';
import type { PlacedWish } from './understand.ts';

export interface EditPlan {
  readonly steps: readonly Step[];
  /** Why each step is what it is; a sentence each. */
  readonly whys: readonly string[];
  /** Wishes that this picture does not need or allow; a sentence each. */
  readonly nothing: readonly string[];
}

/**
 * Turns wishes into steps with goals. Each step is planned on the picture as the steps before it
 * leave it, tried out on the measured copy.
 * @param measured What the steps are planned for, where that is less than the whole picture.
 */
export async function planSteps(
  photo: Photo,
  wishes: readonly PlacedWish[],
  {
    image,
    references,
    measured = photo,
  }: Pick<EditInput, 'image' | 'references'> & { readonly measured?: Photo },
  call: Call,
): Promise<EditPlan> {
  const ordered = wishes.toSorted((one, other) => orderOf(one) - orderOf(other));
  const steps: Step[] = [];
  const whys: string[] = [];
  const nothing: string[] = [];
  const seen = new Set<string>();
  const noted = new Set<Region>();
  /** The copy after each step. */
  const after: Photo[] = [];
  /** The picture that regions are found on: moved, and of its own colours still. */
  let moved = photo;
  let current = measured;
  /** The size with the frames so far. */
  let size: Size = photo;
  for (const { wish, region } of ordered) {
    const kind = kindOf(wish);
    const key = `${wish.operation} ${region}`;
    const toning = isToning(wish);
    if (toning && seen.has(key)) continue;
    const area = await areaOf(moved, region);
    call.signal.throwIfAborted();
    const missing = notFound(area);
    if (missing !== undefined) {
      nothing.push(missing);
      continue;
    }
    const context = { image, steps, transparent: steps.some(makesTransparent) };
    // Of a picture with frames around it only the size matters to further frames.
    const { width, height } = size;
    const target = kind === 'frame' ? { ...current, width, height } : current;
    const planned = await wish.plan(target, area, references, context);
    if ('nothing' in planned) {
      if (!wish.optional && !wish.quiet) nothing.push(planned.nothing);
      continue;
    }
    seen.add(key);
    const { params, goals, why } = planned;
    const step: Step = { operation: wish.operation, region, params, goals };
    if (kind === 'file') dropEarlierFile(steps, after);
    steps.push(toning ? await withAttainableGoals(step, current, area, call) : step);
    const note = noted.has(region) ? undefined : areaNote(area);
    if (note !== undefined) whys.push(note);
    noted.add(region);
    whys.push(why);
    // A step alone has none to be planned after it.
    if (ordered.length > 1) {
      if (kind === 'move') size = moved = current = await moveCopy(current, [step], references);
      if (toning) {
        current = await recolourCopy(current, [step], new Map([[region, area]]), call);
      }
      if (kind === 'frame') {
        current = throughFrames(current, steps);
        for (const { work } of placed([step], 'frame')) size = work.inside(size, params).outer;
      }
    }
    after.push(current);
  }
  const areas = await areasOf(moved, steps);
  const settled = steps.map((step, index) => ({
    ...step,
    goals: goalsAtTheEnd(step, index, { steps, after, areas }),
  }));
  return { steps: saidOnce(settled).map(roundStep), whys, nothing };
}

const orderOf = ({ wish }: PlacedWish): number => operationNamed(wish.operation)?.order ?? 0;

/** A picture is written as one file, so that a later wish for its form has taken in the earlier one. */
function dropEarlierFile(steps: Step[], after: Photo[]): void {
  const at = steps.findIndex((step) => kindOf(step) === 'file');
  if (at === -1) return;
  steps.splice(at, 1);
  after.splice(at, 1);
}

/** A try that gets less of the way than this shows that the picture resists. */
const LEAST_RESPONSE = 0.4;

/** Tries a step on a small copy, and asks no more of the picture than it can give. */
async function withAttainableGoals(
  step: Step,
  photo: Photo,
  area: Area,
  call: Call,
): Promise<Step> {
  const small = await reducedCopy(photo, TRIAL_SIDE);
  const tried = await recolourCopy(small, [step], new Map([[step.region, area]]), call);
  return {
    ...step,
    goals: step.goals.map((goal) => attainable(goal, step, { photo, small, tried, area })),
  };
}

function attainable(
  goal: Goal,
  { params }: Step,
  { photo, small, tried, area }: { photo: Photo; small: Photo; tried: Photo; area: Area },
): Goal {
  if (!('at' in goal)) return goal;
  const { measure } = METRICS[goal.metric];
  const on = (edited: Photo) => measure({ base: photo, edited, area, params, file: NO_FILE });
  const [from, before, after] = [on(photo), on(small), on(tried)];
  if (typeof from !== 'number' || typeof before !== 'number' || typeof after !== 'number') {
    return goal;
  }
  const wanted = goal.at - from;
  const reached = after - before;
  if (Math.abs(wanted) <= goal.within || reached / wanted >= LEAST_RESPONSE) return goal;
  return { ...goal, at: from + Math.max(0, reached / wanted) * wanted * 1.6 };
}

/** Colours are tried on a copy in memory, which is no file. */
const NO_FILE: EncodedImage = { bytes: new Uint8Array(), format: 'png', width: 0, height: 0 };

/** Text and frames and the file's form leave the rest of the picture alone. */
const comesLast = (step: Step): boolean => {
  const kind = kindOf(step);
  return kind === 'overlay' || kind === 'frame' || kind === 'file';
};

/** After these a picture no longer looks as its colors alone would have it. */
const REPAINTS: ReadonlySet<WorkKind | undefined> = new Set(['filter', 'rework', 'overlay']);
const SIZES: ReadonlySet<MetricName> = new Set(['wholeWidth', 'wholeHeight']);

/** A limit that several steps name holds for the finished picture: once, and as wide as the widest. */
function saidOnce(steps: readonly Step[]): Step[] {
  const isLimit = (goal: Goal): goal is Goal & { atMost: number } =>
    'atMost' in goal && METRICS[goal.metric].score === 'naturalness';
  return steps.map((step, index) => ({
    ...step,
    goals: step.goals.flatMap((goal) => {
      if (!isLimit(goal)) return [goal];
      const same = (other: Step): (Goal & { atMost: number })[] =>
        other.region === step.region
          ? other.goals.filter(isLimit).filter(({ metric }) => metric === goal.metric)
          : [];
      if (steps.slice(index + 1).some((later) => same(later).length > 0)) return [];
      return [{ ...goal, atMost: Math.max(...steps.flatMap(same).map(({ atMost }) => atMost)) }];
    }),
  }));
}

/**
 * Goals speak of the finished picture, so what later steps will do to a number is added to it. What
 * a later step makes meaningless is left out: a size that changes again, an untouched rest.
 */
function goalsAtTheEnd(
  step: Step,
  index: number,
  { steps, after, areas }: { steps: readonly Step[]; after: readonly Photo[]; areas: Areas },
): Goal[] {
  const kind = kindOf(step);
  if (kind === 'move') {
    const isLast = !steps.slice(index + 1).some((later) => kindOf(later) === 'move');
    return isLast ? [...step.goals] : step.goals.filter(({ metric }) => metric === 'likeness');
  }
  if (kind === 'frame') {
    const outermost = !steps.slice(index + 1).some((later) => kindOf(later) === 'frame');
    const plainly = steps.every((other) => !REPAINTS.has(kindOf(other)));
    return step.goals.filter(({ metric }) =>
      metric === 'framedLikeness' ? outermost && plainly : outermost || !SIZES.has(metric),
    );
  }
  const [here, end] = [after[index], after.at(-1)];
  if (!isToning(step) || !here || !end) {
    const overlays = steps.filter((other) => kindOf(other) === 'overlay').length;
    const alone =
      kind === 'filter' || kind === 'rework'
        ? steps.every((other) => other === step || kindOf(other) === 'file')
        : overlays <= 1 && steps.every((other) => comesLast(other));
    return step.goals.filter(({ metric }) => metric !== 'untouched' || alone);
  }
  const goals = step.goals.map((goal) => shifted(goal, drift(goal, step, { here, end, areas })));
  const alone = steps.length === 1 && step.region !== 'picture';
  return alone ? [...goals, { metric: 'untouched', atLeast: 40 }] : goals;
}

/** How far later steps move the number that a goal is about. */
function drift(
  goal: Goal,
  { region, params }: Step,
  { here, end, areas }: { here: Photo; end: Photo; areas: Areas },
): number {
  if (here === end) return 0;
  const { measure } = METRICS[goal.metric];
  const seen = { base: here, area: areas.get(region) ?? WHOLE, params, file: NO_FILE };
  const before = measure({ ...seen, edited: here });
  const later = measure({ ...seen, edited: end });
  return typeof before === 'number' && typeof later === 'number' ? later - before : 0;
}

function shifted(goal: Goal, by: number): Goal {
  if ('at' in goal) return { ...goal, at: goal.at + by };
  if ('atMost' in goal) return { ...goal, atMost: goal.atMost + Math.max(0, by) };
  return { ...goal, atLeast: goal.atLeast + Math.min(0, by) };
}
