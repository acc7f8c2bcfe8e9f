import type { ErrorCode } from '../errors.ts';
import { IMAGE_FORMATS, type ImageFormat } from '../image/types.ts';
import type { Thought } from '../pipeline/types.ts';
import type { Best, RoundRecord } from '../store/findings.ts';
import type { Position } from '../queue/types.ts';
import type { EditUpdate, LiveState, Outcome } from '../queue/update.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { Point, Turn, TurnEnd, TurnState } from '../store/records.ts';
import { plain, type PlainText } from './plain-text.ts';

/**
 * What a turn's thread is to show, from what is known of the turn. It only grows: each update is
 * joined to it, so that neither a repeated nor a late one changes what the others make of it.
 */
export interface Card {
  readonly turnId: string;
  readonly request: PlainText;
  /** Another seed gives another picture. */
  readonly seeded: boolean;
  /** The picture that the turn edits. */
  readonly before?: ImageReference;
  /** Where that picture came from, unless it came with the request. */
  readonly beforePoint?: Point;
  /** White where that picture may change. */
  readonly mask?: ImageReference;
  /** The format of the picture that the conversation began with: that of the result unless asked otherwise. */
  readonly format?: ImageFormat;
  /** The most edits that the turn may take. */
  readonly maxRounds: number;
  readonly isWaiting: boolean;
  readonly hasStarted: boolean;
  readonly position?: Position;
  readonly thought?: Thought;
  /** The furthest that was heard of; facts may have overtaken it. */
  readonly live?: { readonly epoch: number; readonly state: LiveState };
  /** In order, each once. */
  readonly rounds: readonly CardRound[];
  readonly end?: CardEnd;
}

export type CardRound = RoundRecord & { readonly epoch: number };

export interface CardEnd {
  readonly state: TurnEnd['state'];
  readonly best?: Best;
  readonly code?: ErrorCode;
}

/** The card of a turn as it is kept. */
export function cardOf(turn: Turn, { seeded }: { readonly seeded: boolean }): Card {
  const { id: turnId, prompt, base, mask, maxRounds, state, thought, rounds, best, code } = turn;
  const format = formatOf(turn);
  return {
    turnId,
    request: plain(prompt),
    seeded,
    ...(base && { before: base.image }),
    ...(base?.point && { beforePoint: base.point }),
    ...(mask && { mask }),
    ...(format && { format }),
    maxRounds,
    isWaiting: state === 'waiting',
    hasStarted: state !== 'waiting' && state !== 'queued',
    ...(thought && { thought }),
    rounds: rounds.map((round) => ({ ...round, epoch: 0 })),
    ...(hasEnded(state) && { end: { state, ...(best && { best }), ...(code && { code }) } }),
  };
}

function hasEnded(state: TurnState): state is TurnEnd['state'] {
  return state !== 'waiting' && state !== 'queued' && state !== 'running';
}

/** What the picture came as; `context.format` knows it where it is kept in another format. */
function formatOf({ context, source }: Turn): ImageFormat | undefined {
  return IMAGE_FORMATS.find((format) => format === context['format']) ?? source?.format;
}

/** A card with one more update. The order of updates, and how often each comes, do not matter. */
export function reduce(card: Card, update: EditUpdate): Card {
  const started: Card = { ...card, isWaiting: false, hasStarted: true };
  const { epoch } = update;
  switch (update.type) {
    case 'started':
      return started;
    case 'thought':
      return withThought(started, update.thought);
    case 'round':
      return withRound(started, { ...update.round, epoch });
    case 'live':
      return withLive(started, { epoch, state: update.state });
    case 'ended':
      return withOutcome(started, update.outcome, epoch);
  }
  return update satisfies never;
}

/** A card whose turn has another place in the queue now. */
export function withPosition(card: Card, position: Position | undefined): Card {
  const { position: _before, ...rest } = card;
  return position ? { ...rest, position } : rest;
}

/** The first one stands: its rounds come of it. */
function withThought(card: Card, thought: Thought): Card {
  return card.thought ? card : { ...card, thought };
}

/** A round that was judged stands; of others the one of the latest run. */
function withRound(card: Card, round: CardRound): Card {
  const earlier = card.rounds.find((other) => other.round === round.round);
  if (earlier && !isFurther(roundRank(round), roundRank(earlier))) return card;
  const others = card.rounds.filter((other) => other !== earlier);
  return {
    ...card,
    rounds: [...others, round].toSorted((one, other) => one.round - other.round),
  };
}

const roundRank = ({ reflection, epoch }: CardRound): Rank => [reflection ? 1 : 0, epoch];

function withLive(card: Card, live: NonNullable<Card['live']>): Card {
  return card.live && !isFurther(liveRank(live), liveRank(card.live)) ? card : { ...card, live };
}

function liveRank({ epoch, state }: NonNullable<Card['live']>): Rank {
  switch (state.stage) {
    case 'thinking':
      return [epoch, 0, state.text.length, 0];
    case 'editing':
      return [epoch, 2 * state.round - 1, state.steps?.done ?? 0, state.preview ? 1 : 0];
    case 'reflecting':
      return [epoch, 2 * state.round, state.text.length, 0];
  }
  return state satisfies never;
}

function withOutcome(card: Card, outcome: Outcome, epoch: number): Card {
  if (card.end) return card;
  const thought = thoughtIn(outcome);
  const known = thought ? withThought(card, thought) : card;
  const rounds = 'rounds' in outcome ? outcome.rounds : [];
  const whole = rounds.reduce((all, round) => withRound(all, { ...round, epoch }), known);
  return {
    ...whole,
    end: {
      state: outcome.kind,
      ...('best' in outcome && { best: outcome.best }),
      ...('code' in outcome && { code: outcome.code }),
    },
  };
}

/** What an outcome says that else a thought says. */
export function thoughtIn(outcome: Outcome): Thought | undefined {
  if (outcome.kind === 'asked') return { kind: 'question', text: outcome.question };
  if (outcome.kind !== 'declined' || outcome.text === '') return undefined;
  return { kind: 'declined', text: outcome.text, code: outcome.code };
}

type Rank = readonly number[];

function isFurther(one: Rank, other: Rank): boolean {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index >= 0 && (one[index] ?? 0) > (other[index] ?? 0);
}
