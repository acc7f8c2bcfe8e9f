import { statusButtons } from './buttons.ts';
import type { Card } from './card.ts';
import type { Foldable, Origin, StatusMessage } from './messages.ts';
import { plain, plainLine, type PlainText } from './plain-text.ts';
import type { Sentences } from './sentences.ts';
import { stageOf, type Stage } from './stage.ts';

/** Longer text than this is folded: a glance at the thread is to be enough. */
const GLANCE = { characters: 300, lines: 4 } as const;

export function statusOf(card: Card, sentences: Sentences, problem?: PlainText): StatusMessage {
  const stage = stageOf(card);
  const preview = stage.kind === 'editing' ? stage.live?.preview : undefined;
  const steps = stage.kind === 'editing' ? stage.live?.steps : undefined;
  const thinking = thinkingOf(card, stage);
  const plan = planOf(card);
  const origin = originOf(card, sentences);
  return {
    kind: 'status',
    turnId: card.turnId,
    state: stateOf(stage),
    request: card.request,
    ...(origin && { origin }),
    line: plainLine(lineOf(card, stage, sentences)),
    ...(steps && { progress: steps }),
    ...(thinking && { thinking }),
    ...(plan !== undefined && { plan }),
    ...(preview &&
      stage.kind === 'editing' && {
        preview: {
          image: preview,
          alt: plainLine(sentences.altPreview(stage.round)),
          size: 'small',
        } as const,
      }),
    ...(problem !== undefined && { problem }),
    buttons: statusButtons(card, sentences),
  };
}

/** Text that is folded when it is long. */
export function foldable(text: string): Foldable {
  const plainText = plain(text.trim());
  const folded =
    plainText.length > GLANCE.characters || plainText.split('\n').length > GLANCE.lines;
  return { text: plainText, folded };
}

function originOf({ before, beforePoint, mask }: Card, sentences: Sentences): Origin | undefined {
  if (!before) return undefined;
  const picture = { image: before, alt: plainLine(sentences.altBefore), size: 'small' } as const;
  return { picture, ...(beforePoint && { point: beforePoint }), ...(mask && { mask }) };
}

function stateOf(stage: Stage): StatusMessage['state'] {
  switch (stage.kind) {
    case 'waiting':
    case 'queued':
    case 'ended':
      return stage.kind;
    case 'thinking':
    case 'editing':
    case 'reflecting':
      return 'running';
  }
  return stage satisfies never;
}

function lineOf(card: Card, stage: Stage, sentences: Sentences): string {
  const { ahead, etaMs } = card.position ?? {};
  switch (stage.kind) {
    case 'waiting':
      return sentences.waiting;
    case 'queued':
      return sentences.queued(ahead, etaMs);
    case 'thinking':
      return sentences.thinking;
    case 'editing':
      return sentences.editing(stage.round, stage.live?.steps, etaMs);
    case 'reflecting':
      return sentences.reflecting(stage.round);
    case 'ended':
      return endLineOf(card, sentences);
  }
  return stage satisfies never;
}

function endLineOf({ end, thought, rounds }: Card, sentences: Sentences): string {
  if (!end) return '';
  if (thought?.kind === 'declined' || thought?.kind === 'question') return thought.text;
  return sentences.ended(end.state, end.best ? rounds.length : 0, end.code);
}

/** What is being thought or seen right now, else what was thought. */
function thinkingOf({ thought }: Card, stage: Stage): Foldable | undefined {
  if ((stage.kind === 'thinking' || stage.kind === 'reflecting') && stage.text?.trim()) {
    return { text: plain(stage.text.trim()), folded: false };
  }
  return thought?.kind === 'plan' && thought.reasoning.trim()
    ? foldable(thought.reasoning)
    : undefined;
}

function planOf({ thought }: Card): PlainText | undefined {
  return thought?.kind === 'plan' ? plain(thought.instruction) : undefined;
}
