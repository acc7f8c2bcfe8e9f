import type { ErrorCode } from '../errors.ts';
import type { Reflection, Scores } from '../pipeline/types.ts';
import type { Best } from '../store/findings.ts';
import type { TurnEnd } from '../store/records.ts';
import type { ActionKind } from './actions.ts';
import { ENGLISH } from './sentences/en/index.ts';
import type { Replies } from './sentences/replies.ts';

/** All that the bot says by itself, in one language. Values are put in as they are. */
export interface Sentences {
  /** BCP 47. */
  readonly locale: string;

  // where a turn is
  readonly waiting: string;
  /** @param ahead Waiting turns that come first; undefined while nobody knows. */
  readonly queued: (ahead: number | undefined, etaMs: number | undefined) => string;
  readonly thinking: string;
  readonly editing: (
    round: number,
    steps: { readonly done: number; readonly total: number } | undefined,
    etaMs: number | undefined,
  ) => string;
  readonly reflecting: (round: number) => string;

  // how it ended
  readonly ended: (state: TurnEnd['state'], rounds: number, code: ErrorCode | undefined) => string;
  readonly answer: (best: Best, rounds: number) => string;
  /** One sentence per code that says what to do. */
  readonly failures: Readonly<Record<ErrorCode, string>>;

  // a round
  readonly round: (round: number) => string;
  readonly verdicts: Readonly<Record<Reflection['verdict'], string>>;
  readonly scores: (scores: Scores, overall: number) => string;

  // pictures
  readonly altResult: (instruction: string, critique: string | undefined) => string;
  readonly altRound: (round: number, instruction: string, critique: string | undefined) => string;
  readonly altBefore: string;
  readonly altPreview: (round: number) => string;
  readonly shownSmaller: (shown: string, whole: string) => string;

  // buttons
  readonly buttons: Readonly<Record<ActionKind, string>>;
  readonly useRound: (round: number) => string;

  /** Of a thread that begins without words. */
  readonly threadTitle: string;
  readonly replies: Replies;
}

/** The sentences in a language that a person reads; English where there are none in theirs. */
export function sentencesFor(_locale: string | undefined): Sentences {
  return ENGLISH;
}
