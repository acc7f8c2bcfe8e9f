import type { ActionKind } from './actions.ts';
import type { Card } from './card.ts';
import type { Button } from './messages.ts';
import { plainLine } from './plain-text.ts';
import type { Sentences } from './sentences.ts';

/** What can be done to a turn that has not ended, or that ended without a picture. */
export function statusButtons(card: Card, sentences: Sentences): Button[] {
  const button = maker(card, sentences);
  if (!card.end) return [button('stop', 'danger')];
  const { state, best } = card.end;
  if (best || state === 'asked' || state === 'declined') return [];
  return [button('retry', 'primary')];
}

/** What can be done with an answer; the most wanted first, as platforms cut what is too much. */
export function finalButtons(card: Card, bestRound: number, sentences: Sentences): Button[] {
  const button = maker(card, sentences);
  const others = card.rounds.map(({ round }) => round).filter((round) => round !== bestRound);
  return [
    button('undo', 'plain'),
    // Without a seed it would be the same again.
    ...(card.seeded ? [button('retry', 'plain'), button('variations', 'plain')] : []),
    ...(card.before ? [button('compare', 'plain')] : []),
    button('thumbs-up', 'plain'),
    button('thumbs-down', 'plain'),
    ...others.map((round): Button => {
      const label = plainLine(sentences.useRound(round));
      return { ...button('use', 'plain'), round, label };
    }),
  ];
}

function maker({ turnId }: Card, sentences: Sentences) {
  return (action: ActionKind, style: Button['style']): Button => ({
    action,
    turnId,
    label: plainLine(sentences.buttons[action]),
    style,
  });
}
