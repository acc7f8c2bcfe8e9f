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

/** Finds what a clause says about a dimension: "less bright", "too dark", "turn the contrast up". */
export function directionOf(
  { text, leaning }: Clause,
  dimension: Dimension,
): Direction | undefined {
  const { nouns, more, less } = dimension;
  const found = new RegExp(String.raw`\b(?:(${more})|(${less})|(${nouns}))\b`).exec(text);
  if (!found) return undefined;
  const [word, moreWord, , noun] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + word.length);
  const own: 1 | -1 = noun !== undefined || moreWord !== undefined ? 1 : -1;
  let sign: 1 | -1;
  if (/\b(?:is not|not)\b[^,]*$/.test(before) && /^\s*enough\b/.test(after)) sign = own;
  else if (/^\s*-\s?\d/.test(after)) sign = own === 1 ? -1 : 1;
  else if (noun !== undefined && LESS_AFTER.test(after)) sign = -1;
  else if (noun !== undefined && MORE_AFTER.test(after)) sign = 1;
  else if (lastIndex(LESS_BEFORE, before) > lastIndex(MORE_BEFORE, before)) {
    sign = own === 1 ? -1 : 1;
  } else if (MORE_BEFORE.test(before)) sign = own;
  else sign = noun !== undefined && leaning ? leaning : own;
  return { sign, used: { from: found.index, to: found.index + word.length } };
}

const lastIndex = (pattern: RegExp, text: string): number => pattern.exec(text)?.index ?? -1;
