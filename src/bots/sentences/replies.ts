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
  /** Above what a person has asked for lately, and where there is nothing. */
  readonly recent: string;
  readonly noRecent: string;
  /** The words of a request as they are quoted; of one without words what came. */
  readonly request: (words: string) => string;
  /** How a request ended or how far it is, and when it was asked. */
  readonly stateAndTime: (state: TurnState, agoMs: number) => string;
  readonly thanks: string;

  // what the admins of a workspace decide
  readonly settings: SettingsSentences;
  readonly settingsAreForAdmins: string;
  /** Where there is no workspace, as in direct messages. */
  readonly noSettingsHere: string;
  /** @param channels Where the bot works; none where their names are not known. */
  readonly notInThisChannel: (channels: readonly string[]) => string;
  /** @param roles Who may ask; none where their names are not known. */
  readonly notYourRole: (roles: readonly string[]) => string;

  // forgetting somebody
  readonly forgetMe: string;
  readonly forgotten: (turns: number) => string;
}

/** What holds in a workspace: one sentence each. Lists are never empty. */
export interface SettingsSentences {
  readonly allChannels: string;
  readonly onlyChannels: (channels: readonly string[]) => string;
  readonly everybody: string;
  readonly onlyRoles: (roles: readonly string[]) => string;
  readonly noDailyLimit: string;
  readonly dailyLimit: (requests: number) => string;
  readonly rounds: (most: number) => string;
  readonly followUps: string;
  readonly noFollowUps: string;
}
