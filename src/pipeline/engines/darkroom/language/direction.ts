import type { Clause } from './clause.ts';

/** Words for one thing that a picture can have more or less of; parts of regular expressions. */
export interface Dimension {
  /** "contrast", "brightness": say nothing about the direction. */
  readonly nouns: string;
  /** "brighter", "brighten", "bright". */
  readonly more: string;
  /** "darker", "darken", "dark". */
  readonly less: string;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Direction {
  readonly sign: 1 | -1;
  /** What was read of the clause's text. */
  readonly used: Span;
}

const LESS_BEFORE =
  /\b(?:less|reduce|reducing|decrease|decreasing|lower|lowering|cut|cutting|drop|tone down|turn down|dial down|dial back|take down|bring down|pull down|weaken|fewer|not so|not as|not too|remove some|take out some|too|minus)\b(?! much more)[^,]*$/;
const MORE_BEFORE =
  /\b(?:more|increase|increasing|raise|raising|boost|boosting|add|adding|higher|extra|push|turn up|crank up|crank|bump up|bump|lift|strengthen|stronger|pump up|pump|give it|needs?|lacks?|lacking|want|bring up|bring out|enhance)\b[^,]*$/;
const LESS_AFTER = /^[^,]{0,14}\b(?:down|lower|lowered|reduced|less|too high|too strong)\b/;
const MORE_AFTER = /^[^,]{0,14}\b(?:up|higher|raised|more|too low|too weak)\b/;

/** "It's dark", "it looks cold": a complaint, and the wish is the opposite. */
const COMPLAINT =
  /\b(?:it's|its|is|are|looks?|looking|seems?|came out|turned out|kinda|kind of)\b[^,]*$/;
const WISH =
  /\b(?:make|made|want|like it|should|sure|needs? to|can you|could you|until|so that|let)\b/;
/** "Brighter" and "darken" ask for what they say, whoever says so. */
const ASKING_FORM = /(?:er|ier|en|ened|ening)$/;

/** Finds what a clause says about a dimension: "less bright", "too dark", "turn the contrast up". */
export function directionOf(
  { text, leaning }: Clause,
  dimension: Dimension,
): Direction | undefined {
  const { nouns, more, less } = dimension;
  // "The colors are too saturated": the adjective says which way, the noun does not.
  const adjective = new RegExp(String.raw`\b(?:(${more})|(?:${less}))\b`).exec(text);
  const found = adjective ?? new RegExp(String.raw`\b(?:${nouns})\b`).exec(text);
  if (!found) return undefined;
  const [word] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + word.length);
  const own: 1 | -1 = adjective && adjective[1] === undefined ? -1 : 1;
  return {
    sign: signOf({ before, after, own, isNoun: !adjective, leaning, word }),
    used: { from: found.index, to: found.index + word.length },
  };
}

interface Reading {
  readonly word: string;
  readonly before: string;
  readonly after: string;
  /** The direction that the word itself names. */
  readonly own: 1 | -1;
  readonly isNoun: boolean;
  readonly leaning: 1 | -1 | undefined;
}

function signOf({ word, before, after, own, isNoun, leaning }: Reading): 1 | -1 {
  const opposite = own === 1 ? -1 : 1;
  if (/\b(?:is not|not)\b[^,]*$/.test(before) && /^\s*enough\b/.test(after)) return own;
  if (/^\s*-\s?\d/.test(after)) return opposite;
  if (isNoun && LESS_AFTER.test(after)) return -1;
  if (isNoun && MORE_AFTER.test(after)) return 1;
  if (lastIndex(LESS_BEFORE, before) > lastIndex(MORE_BEFORE, before)) return opposite;
  if (MORE_BEFORE.test(before)) return own;
  if (isNoun) return leaning ?? own;
  const complains = COMPLAINT.test(before) && !WISH.test(before) && !ASKING_FORM.test(word);
  return complains ? opposite : own;
}

const lastIndex = (pattern: RegExp, text: string): number => pattern.exec(text)?.index ?? -1;
