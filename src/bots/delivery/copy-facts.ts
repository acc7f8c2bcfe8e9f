import type { Outcome } from '../../queue/update.ts';
import type { TurnEnd } from '../../store/records.ts';
import type { EndedTurn, Turns } from '../../store/types.ts';
import type { EditUpdate } from '../../queue/update.ts';
import { thoughtIn } from '../card.ts';

type FactStore = Pick<Turns, 'startTurn' | 'recordThought' | 'recordRound' | 'endTurn'>;
type Fact = Exclude<EditUpdate, { type: 'live' | 'ended' }>;

/** Writes a fact down; false where the turn was forgotten. */
export function copyFact(store: FactStore, turnId: string, fact: Fact): Promise<boolean> {
  switch (fact.type) {
    case 'started': {
      const { deadlineAt } = fact;
      return store.startTurn(turnId, deadlineAt === undefined ? {} : { deadlineAt });
    }
    case 'thought':
      return store.recordThought(turnId, fact.thought);
    case 'round':
      return store.recordRound(turnId, fact.round);
  }
  return fact satisfies never;
}

/** Writes down how a turn ended, and with it what only its outcome tells. */
export function copyOutcome(
  store: FactStore,
  turnId: string,
  outcome: Outcome,
): Promise<EndedTurn | undefined> {
  const thought = thoughtIn(outcome);
  return store.endTurn(turnId, endOf(outcome), {
    ...(thought && { thought }),
    ...('rounds' in outcome && { rounds: outcome.rounds }),
  });
}

function endOf(outcome: Outcome): TurnEnd {
  const best = 'best' in outcome ? { best: outcome.best } : {};
  switch (outcome.kind) {
    case 'succeeded':
      return { state: 'succeeded', best: outcome.best, stopReason: outcome.stopReason };
    case 'declined':
      return { state: 'declined', code: outcome.code };
    case 'asked':
      return { state: 'asked' };
    case 'stopped':
      return { state: 'stopped', ...best, stopReason: 'stopped' };
    case 'expired':
      return { state: 'expired', ...best, stopReason: 'deadline' };
    case 'failed':
      return { state: 'failed', code: outcome.code, ...best };
  }
  return outcome satisfies never;
}
