import { OPENERS, CLOSERS } from '../courtesy.ts';
import type { Saying } from '../sayings.ts';

/** What people say to the bot in a language other than English. All patterns are of whole sentences. */
export interface Tongue {
  /** Whether words are parted by spaces; where they are, accents may be left out as well. */
  readonly isSpaced: boolean;
  /** What may come before and after a command, such as "please". */
  readonly openers: string;
  readonly closers: string;
  /** The first that fits is what was meant; a number in it is the group `count` or `round`. */
  readonly sayings: readonly Saying[];
  /** Praise and thanks, which ask for nothing. */
  readonly thanks: string;
  readonly greetings: string;
  /** Words that only accompany a picture. */
  readonly fillers: string;
  /** Words for numbers. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Commands are said in shorter ones, and patterns need not be quick on long ones. */
const MAX_CHARACTERS = 100;

/** English courtesies that are said in any language. */
const BORROWED = 'ok|hm|please|thanks';

const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** A line in the one form of a tongue's patterns; undefined where it can't be any of them. */
export function formOf(line: string, { isSpaced }: Pick<Tongue, 'isSpaced'>): string | undefined {
  if (line.length > MAX_CHARACTERS || EAST_ASIAN.test(line) === isSpaced) return undefined;
  return isSpaced ? withoutAccents(line) : line.replaceAll(/[ ,]/g, '');
}

/** The form of a line that is `pattern`, courtesies aside. */
export function wholeIn({ isSpaced, openers, closers }: Tongue, pattern: string): RegExp {
  // Looking ahead leaves one way to match, as in `courtesy.ts`.
  if (!isSpaced) {
    return new RegExp(
      `^(?:(?=(?<opener>${openers}|${BORROWED}))\\k<opener>)*?(?:${pattern})(?:(?=(?<closer>${closers}|${BORROWED}|\\?))\\k<closer>)*$`,
    );
  }
  return new RegExp(
    withoutAccents(
      `^(?:(?=(?<opener>${openers}|${OPENERS}) )\\k<opener> )*?(?:${pattern})(?: (?=(?<closer>${closers}|${CLOSERS})(?: |$))\\k<closer>)*$`,
    ),
  );
}

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
