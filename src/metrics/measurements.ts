import type { ErrorCode } from '../errors.ts';
import type { Reflection } from '../pipeline/types.ts';
import type { Usage } from '../pipeline/usage.ts';
import type { Fact, Outcome } from '../queue/update.ts';

/** What a run does one after the other. */
export type Stage = 'think' | 'edit' | 'reflect';

/** Something worth counting. It names nobody, no turn, and nothing that was said. */
export type Measurement =
  | { readonly kind: 'stage'; readonly stage: Stage; readonly seconds: number }
  /** What a stage took of servers. */
  | { readonly kind: 'usage'; readonly stage: Stage; readonly usage: Usage }
  | { readonly kind: 'verdict'; readonly verdict: Reflection['verdict'] }
  /** From the queue to the first worker. */
  | { readonly kind: 'wait'; readonly seconds: number }
  | {
      readonly kind: 'end';
      readonly outcome: Outcome['kind'];
      readonly rounds: number;
      /** Why, where it failed or was declined. */
      readonly code?: ErrorCode;
    }
  /** A failure that the log tells of. */
  | { readonly kind: 'fault'; readonly code: ErrorCode };

/**
 * What a fact of a run says, which came so long after the one before. A stage is timed from fact to
 * fact, so that the first one of a run includes fetching its pictures.
 */
export function measureFact(fact: Fact, seconds: number): Measurement[] {
  switch (fact.type) {
    case 'thought':
      return [{ kind: 'stage', stage: 'think', seconds }, ...measureUsage('think', fact.usage)];
    case 'round': {
      const { reflection, usage } = fact.round;
      if (!reflection) {
        return [{ kind: 'stage', stage: 'edit', seconds }, ...measureUsage('edit', usage?.edit)];
      }
      const { verdict } = reflection;
      return [
        { kind: 'stage', stage: 'reflect', seconds },
        { kind: 'verdict', verdict },
        ...measureUsage('reflect', usage?.reflection),
      ];
    }
    case 'started':
    case 'ended':
      return [];
  }
  return fact satisfies never;
}

const measureUsage = (stage: Stage, usage: Usage | undefined): Measurement[] =>
  usage ? [{ kind: 'usage', stage, usage }] : [];

export function measureEnd(outcome: Outcome): Measurement {
  return {
    kind: 'end',
    outcome: outcome.kind,
    rounds: 'rounds' in outcome ? outcome.rounds.length : 0,
    ...('code' in outcome && { code: outcome.code }),
  };
}
