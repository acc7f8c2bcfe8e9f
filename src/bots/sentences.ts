import type { ErrorCode } from '../errors.ts';
import type { Reflection, Scores } from '../pipeline/types.ts';
import type { Best } from '../store/findings.ts';
import type { TurnEnd } from '../store/records.ts';
import type { ActionKind } from './actions.ts';
import { GERMAN } from './sentences/de/index.ts';
import { ENGLISH } from './sentences/en/index.ts';
import { SPANISH } from './sentences/es/index.ts';
import { FRENCH } from './sentences/fr/index.ts';
import { JAPANESE } from './sentences/ja/index.ts';
import type { Replies } from './sentences/replies.ts';
import { CHINESE } from './sentences/zh-CN/index.ts';

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

/** All languages that the bot speaks; one that is named here has to be whole. */
export const LANGUAGES: readonly Sentences[] = [
  ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  JAPANESE,
  CHINESE,
];

/**
 * The sentences in a language that a person reads; English where there are none in theirs. A language
 * counts with the script that it is written in: who reads traditional Chinese gets English, not simplified.
 * @param locale BCP 47, such as `de-AT`; anything else is taken as unknown.
 */
export function sentencesFor(locale: string | undefined): Sentences {
  const writing = locale === undefined ? undefined : writingOf(locale);
  return (writing !== undefined && BY_WRITING.get(writing)) || ENGLISH;
}

/** A language and its script, such as `zh-Hans`; undefined for what is no locale. */
function writingOf(locale: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return `${language}-${script}`;
  } catch {
    return undefined;
  }
}

const BY_WRITING: ReadonlyMap<string | undefined, Sentences> = new Map(
  LANGUAGES.map((sentences) => [writingOf(sentences.locale), sentences]),
);
