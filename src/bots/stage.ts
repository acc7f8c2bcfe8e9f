import type { Card } from './card.ts';

/** What a turn is doing now. */
export type Stage =
  | { readonly kind: 'waiting' | 'queued' | 'ended' }
  | { readonly kind: 'thinking'; readonly text?: string }
  | {
      readonly kind: 'editing';
      readonly round: number;
      readonly live?: Extract<NonNullable<Card['live']>['state'], { stage: 'editing' }>;
    }
  | { readonly kind: 'reflecting'; readonly round: number; readonly text?: string };

/** Where a turn is by its facts; a live state adds to that unless a fact has overtaken it. */
export function stageOf(card: Card): Stage {
  if (card.end) return { kind: 'ended' };
  if (!card.hasStarted) return { kind: card.isWaiting ? 'waiting' : 'queued' };
  const byFacts = stageByFacts(card);
  const live = card.live?.state;
  switch (live?.stage) {
    case undefined:
      return byFacts;
    case 'thinking':
      return byFacts.kind === 'thinking' ? { ...byFacts, text: live.text } : byFacts;
    case 'editing':
      return byFacts.kind === 'editing' && byFacts.round === live.round
        ? { ...byFacts, live }
        : byFacts;
    case 'reflecting':
      return byFacts.kind === 'reflecting' && byFacts.round === live.round
        ? { ...byFacts, text: live.text }
        : byFacts;
  }
  return live satisfies undefined;
}

function stageByFacts({ thought, rounds, maxRounds }: Card) {
  if (!thought) return { kind: 'thinking' } as const;
  const last = rounds.at(-1);
  if (!last) return { kind: 'editing', round: 1 } as const;
  // What follows the last round is the end.
  const isLast = last.reflection?.verdict === 'success' || last.round >= maxRounds;
  return last.reflection && !isLast
    ? ({ kind: 'editing', round: last.round + 1 } as const)
    : ({ kind: 'reflecting', round: last.round } as const);
}
