import type { Outcome } from '../../queue/update.ts';
import type { Turn, TurnEnd } from '../../store/records.ts';
import type { EndedTurn, Turns } from '../../store/types.ts';
import type { EditUpdate } from '../../queue/update.ts';
import { thoughtIn } from '../card.ts';

type FactStore = Pick<Turns, 'startTurn' | 'recordThought' | 'recordRound' | 'endTurn'>;
type Fact = Exclude<EditUpdate, { type: 'live' | 'ended' }>;

/** Writes a fact down; undefined where the turn was forgotten. */
export function copyFact(store: FactStore, turnId: string, fact: Fact): Promise<Turn | undefined> {
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

/**
 * Writes down how a turn ended, and before that what only its outcome tells.
 * @param turn The turn as it was last seen; it may know more by now.
 */
export async function copyOutcome(
  store: FactStore,
  { id, thought, rounds }: Turn,
  outcome: Outcome,
): Promise<EndedTurn | undefined> {
  const told = thoughtIn(outcome);
  if (told && !thought) await store.recordThought(id, told);
  for (const round of 'rounds' in outcome ? outcome.rounds : []) {
    const known = rounds.find((other) => other.round === round.round);
    if (!known?.reflection) await store.recordRound(id, round);
  }
  return store.endTurn(id, endOf(outcome));
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
