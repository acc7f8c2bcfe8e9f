import type { Limit, TurnState } from '../../store/records.ts';

/** What the bot says in answer to a message, in one language. Whole sentences; values are put in as they are. */
export interface Replies {
  /** What it is for, and how to talk to it. */
  readonly help: string;

  // asking back
  readonly whichPicture: string;
  readonly whatToDo: string;
  readonly shallI: string;
  readonly changedRequest: string;

  // what can't be done as asked
  readonly tooManyPictures: (most: number) => string;
  readonly limits: Readonly<Record<Limit, string>>;
  readonly noPictureYet: string;

  // moving in the tree of results
  readonly undone: string;
  readonly redone: string;
  readonly original: string;
  readonly using: (round: number) => string;
  readonly withdrawn: string;
  readonly nothingToUndo: string;
  readonly nothingToRedo: string;
  readonly atOriginal: string;
  /** @param rounds Those that there are; none where nothing was made yet. */
  readonly noSuchRound: (round: number, rounds: readonly number[]) => string;

  // stopping and doing again
  readonly nothingToStop: string;
  readonly notYours: string;
  readonly nothingToRetry: string;
  readonly sameAgain: string;

  // telling
  readonly compared: string;
  readonly altBefore: string;
  readonly altAfter: string;
  readonly altNow: string;
  readonly nothingToCompare: string;
  /** @param instructions What was done, in order. */
  readonly explained: (
    request: string,
    reasoning: string,
    instructions: readonly string[],
  ) => string;
  readonly nothingToExplain: string;
  readonly history: (lines: readonly string[]) => string;
  /** @param isCurrent Whether its result is what is edited next. */
  readonly historyLine: (
    number: number,
    request: string,
    state: TurnState,
    isCurrent: boolean,
  ) => string;
  readonly noHistory: string;
  readonly thanks: string;

  // forgetting somebody
  readonly forgetMe: string;
  readonly forgotten: (turns: number) => string;
}
