import { resultFormatOf, type ResultFormat } from '../image/formats.ts';
import type { Reflection, Scores } from '../pipeline/types.ts';
import type { Point, Turn } from '../store/records.ts';
import { altOfResult, altOfRound } from './alt-text.ts';
import { finalButtons } from './buttons.ts';
import type { Card, CardRound } from './card.ts';
import type { ChatMessage, FinalMessage, RoundMessage, Verdict } from './messages.ts';
import { plain, plainLine, type PlainText } from './plain-text.ts';
import type { Sentences } from './sentences.ts';
import { foldable, statusOf } from './status-message.ts';

/** A message of a card, and what it is for, by which it is found again. */
export interface CardMessage {
  readonly slot: string;
  readonly message: ChatMessage;
}

/** What the thread shows of a card: the messages in their order. None ever leaves it again. */
export function messagesOf(
  card: Card,
  sentences: Sentences,
  problem?: PlainText,
): readonly CardMessage[] {
  const final = finalOf(card, sentences);
  return [
    { slot: slotOf(card, 'status'), message: statusOf(card, sentences, problem) },
    ...card.rounds.map((round) => ({
      slot: slotOf(card, `round:${round.round}`),
      message: roundOf(card, round, sentences),
    })),
    ...(final ? [{ slot: slotOf(card, 'final'), message: final }] : []),
  ];
}

/** Whether what a slot shows can be the same again as some time before; all others only go on. */
export function mayReturn(slot: string): boolean {
  return slot.endsWith(':status');
}

/** The picture that a message of a turn shows: a round's, or that of the best one. */
export function pointOfSlot(slot: string, { id, best }: Turn): Point | undefined {
  const [, round] = /:round:(\d+)$/.exec(slot) ?? [];
  if (round !== undefined) return { turnId: id, round: Number(round) };
  return best && { turnId: id, round: best.round };
}

const slotOf = ({ turnId }: Card, part: string): string => `turn:${turnId}:${part}`;

function roundOf({ turnId }: Card, record: CardRound, sentences: Sentences): RoundMessage {
  const { round, instruction, image, reflection, kept } = record;
  const said = [reflection?.critique, kept && sentences.kept(kept)].filter(
    (text) => text !== undefined,
  );
  return {
    kind: 'round',
    turnId,
    round,
    title: plainLine(sentences.round(round)),
    instruction: plain(instruction),
    picture: { image, alt: altOfRound(record, sentences), size: 'small' },
    ...(reflection && {
      critique: foldable(said.join('\n')),
      verdict: verdictOf(reflection, sentences),
    }),
    buttons: [],
  };
}

function verdictOf({ verdict, scores }: Reflection, sentences: Sentences): Verdict {
  const overall = overallOf(scores);
  return {
    kind: verdict,
    line: plainLine(sentences.verdicts[verdict]),
    details: plainLine(sentences.scores(scores, overall)),
    scores,
    overall,
  };
}

/** As the loop ranks rounds: the weaker judgement of the edit times the weaker one of the picture. */
function overallOf({ editSuccess, overEdit, naturalness, artifacts }: Scores): number {
  return Math.min(editSuccess, overEdit) * Math.min(naturalness, artifacts);
}

/** A format that was asked for is the rounds' already. */
function formatOf({ thought, format }: Card): ResultFormat | undefined {
  const isAsked = thought?.kind === 'plan' && thought.format !== undefined;
  return isAsked || !format ? undefined : resultFormatOf(format);
}

function finalOf(card: Card, sentences: Sentences): FinalMessage | undefined {
  const { turnId, before, rounds, end } = card;
  const { best } = end ?? {};
  const record = rounds.find(({ round }) => round === best?.round);
  if (!best || !record) return undefined;
  const format = formatOf(card);
  return {
    kind: 'final',
    turnId,
    round: best.round,
    line: plainLine(sentences.answer(best, rounds.length)),
    picture: {
      image: record.image,
      alt: altOfResult(record, sentences),
      size: 'result',
      ...(format && { format }),
    },
    ...(before && {
      before: { image: before, alt: plainLine(sentences.altBefore), size: 'small' } as const,
    }),
    buttons: finalButtons(card, best.round, sentences),
  };
}
