import { COLOUR_PATTERN, isAlsoThing } from '../pixels/colour-names.ts';

/**
 * Patterns about colours are matched on a text in which each letter of a colour's name has become a
 * capital, so that they need not spell all names: C, G for "gray", T for what may as well be a thing
 * ("rose"). Requests have no capitals otherwise, and places in the text stay what they are.
 */
export const ANY_COLOUR = '[CGT]+(?![CGT])';
/** A colour's name that is no thing's. */
export const SURE_COLOUR = '[CG]+(?![CGT])';
export const GRAY = 'G+(?![CGT])';

const NAMED = new RegExp(String.raw`(?<![\w-])(?:${COLOUR_PATTERN})`, 'g');
/** "The whites" are tones. */
const TONES = new Set(['white', 'black']);

/** A text as it was, and with its colours marked. */
let last = { text: '', marked: '' };

function mark(text: string): string {
  if (last.text !== text) {
    const marked = text.replaceAll(NAMED, (name, at: number) => {
      if (TONES.has(name) && text[at + name.length] === 's') return name;
      return (name === 'gray' ? 'G' : isAlsoThing(name) ? 'T' : 'C').repeat(name.length);
    });
    last = { text, marked };
  }
  return last.marked;
}

/** What a pattern about colours found, in the text's own words; `words[0]` is all of it. */
export interface FoundWords {
  readonly from: number;
  readonly to: number;
  readonly words: readonly (string | undefined)[];
}

const foundIn = (text: string, found: RegExpExecArray): FoundWords => ({
  from: found.index,
  to: found.index + found[0].length,
  words: (found.indices ?? []).map((range) => range && text.slice(...range)),
});

/** A pattern for texts with marked colours. */
export const markedPattern = (source: string): RegExp => new RegExp(source, 'dg');

/** The first place at which a pattern made by `markedPattern` is found. */
export function findMarked(pattern: RegExp, text: string): FoundWords | undefined {
  pattern.lastIndex = 0;
  const found = pattern.exec(mark(text));
  return found ? foundIn(text, found) : undefined;
}

export const findAllMarked = (pattern: RegExp, text: string): FoundWords[] =>
  [...mark(text).matchAll(pattern)].map((found) => foundIn(text, found));

/**
 * Replaces all that a pattern made by `markedPattern` finds by new words, in which `$1`, `$2` … stand
 * for its groups.
 */
export function replaceMarked(text: string, pattern: RegExp, replacement: string): string {
  let result = '';
  let end = 0;
  for (const found of mark(text).matchAll(pattern)) {
    const { from, to, words } = foundIn(text, found);
    result += text.slice(end, from);
    result += replacement.replaceAll(/\$(\d)/g, (_, group) => words[Number(group)] ?? '');
    end = to;
  }
  return result + text.slice(end);
}

/** All colours of a text in the order in which they are named. */
export const coloursIn = (text: string): string[] =>
  [...text.matchAll(NAMED)].map(([name]) => name);
