import type { Thought } from '../pipeline/types.ts';
import type { RoundRecord } from '../store/findings.ts';
import type { EditJob } from './job.ts';
import type { Fact } from './update.ts';

/** How far a turn has come. */
export interface Progress {
  readonly thought?: Thought;
  /** In order from 1. */
  readonly rounds: readonly RoundRecord[];
  readonly deadlineAt?: number;
}

/** What a job brought along from an earlier life, and what was logged in this one. */
export function progressOf(finished: EditJob['finished'], facts: readonly Fact[]): Progress {
  return facts.reduce(advance, { rounds: [], ...finished });
}

export function advance(progress: Progress, fact: Fact): Progress {
  switch (fact.type) {
    case 'started':
      return progress.deadlineAt === undefined && fact.deadlineAt !== undefined
        ? { ...progress, deadlineAt: fact.deadlineAt }
        : progress;
    case 'thought':
      return { ...progress, thought: fact.thought };
    case 'round': {
      const earlier = progress.rounds.slice(0, fact.round.round - 1);
      return { ...progress, rounds: [...earlier, fact.round] };
    }
    case 'ended':
      return progress;
  }
  return fact satisfies never;
}
