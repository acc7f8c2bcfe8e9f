import type { Areas } from './measure/area.ts';
import type { Step, Work, WorkKind } from './operation.ts';
import { operationNamed } from './operations/index.ts';
import type { PlacedStage } from './pixels/colour-pass.ts';

/** A step together with how it is done. */
export type Placed<Kind extends WorkKind> = {
  readonly work: Extract<Work, { kind: Kind }>;
  readonly step: Step;
};

export const kindOf = ({ operation }: { readonly operation: string }): WorkKind | undefined =>
  operationNamed(operation)?.work.kind;

/** Whether a step changes tones and colours in a way that can be tried out on a small copy. */
export function isToning({ operation }: { readonly operation: string }): boolean {
  const work = operationNamed(operation)?.work;
  return work?.kind === 'colour' || (work?.kind === 'filter' && work.tonal === true);
}

/** The steps that are done in one of the ways. */
export function placed<Kind extends WorkKind>(
  steps: readonly Step[],
  ...kinds: readonly Kind[]
): Placed<Kind>[] {
  const found: Placed<Kind>[] = [];
  for (const step of steps) {
    const work = operationNamed(step.operation)?.work;
    if (work && kinds.some((kind) => kind === work.kind)) {
      found.push({ work: work as Placed<Kind>['work'], step });
    }
  }
  return found;
}

/** Whether a step makes parts of the picture transparent. */
export function makesTransparent({ operation, params }: Step): boolean {
  return operationNamed(operation)?.transparent?.(params) ?? false;
}

/** The colour pass of steps, each where its region was found. */
export function stagesOf(steps: readonly Step[], areas: Areas): PlacedStage[] {
  return placed(steps, 'colour').map(({ work, step }) => {
    const mask = areas.get(step.region)?.mask;
    return { stage: work.stage(step.params), ...(mask && { mask }) };
  });
}
