import { whole } from './courtesy.ts';
import { SAYINGS, type SaidBy } from './sayings.ts';

/** What is done at a word, without an edit. */
export type WordCommand =
  | {
      readonly name:
        | 'stop'
        | 'retry'
        | 'variations'
        | 'original'
        | 'compare'
        | 'help'
        | 'explain'
        | 'history'
        | 'forget-me';
    }
  /** `times` is 1 or more. */
  | { readonly name: 'undo' | 'redo'; readonly times: number }
  /** Makes a round of the latest turn the picture; 1 is the first. */
  | { readonly name: 'use'; readonly round: number };

const COMPILED = SAYINGS.flatMap(({ name, saidBy, phrases }) =>
  phrases.flatMap((phrase) =>
    splitAlternatives(phrase).map((pattern) => ({ name, saidBy, pattern: whole(pattern) })),
  ),
);

/** The command that a whole line is, courtesies aside. */
export function commandIn(line: string): { command: WordCommand; saidBy: SaidBy } | undefined {
  for (const { name, saidBy, pattern } of COMPILED) {
    const found = pattern.exec(line);
    if (found) return { command: commandOf(name, found), saidBy };
  }
  return undefined;
}

/**
 * The command of a pattern that was found.
 * @param words Words for numbers besides the English ones.
 */
export function commandOf(
  name: WordCommand['name'],
  { 0: line, groups }: RegExpExecArray,
  words: Readonly<Record<string, number>> = {},
): WordCommand {
  if (name === 'use') return { name, round: roundOf(groups, words) };
  if (name !== 'undo' && name !== 'redo') return { name };
  const count = groups?.['count'] ?? groups?.['steps'] ?? groups?.['times'];
  const repeated = line.split(' ').filter((word) => word === name).length;
  return { name, times: count === undefined ? Math.max(1, repeated) : numberOf(count, words) };
}

/** The number of the round that `ROUND` found. */
export function roundOf(
  groups: RegExpExecArray['groups'],
  words: Readonly<Record<string, number>> = {},
): number {
  return numberOf(
    groups?.['round'] ?? groups?.['mark'] ?? groups?.['ordinal'] ?? groups?.['digit'] ?? '1',
    words,
  );
}

const NUMBERS = [
  ['one', 'first', 'once'],
  ['two', 'second', 'twice'],
  ['three', 'third', 'thrice'],
  ['four', 'fourth'],
  ['five', 'fifth'],
  ['six', 'sixth'],
  ['seven'],
  ['eight'],
  ['nine'],
  ['ten'],
];

function numberOf(word: string, words: Readonly<Record<string, number>>): number {
  const known = words[word];
  if (known !== undefined) return known;
  const named = NUMBERS.findIndex((names) => names.includes(word));
  return named >= 0 ? named + 1 : Number.parseInt(word.replace('#', ''), 10);
}

/** The alternatives of a pattern at its top level, as a group may have a name only once in a pattern. */
export function splitAlternatives(pattern: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const character of pattern) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
