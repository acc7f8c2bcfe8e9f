import { ELSEWHERE } from './edit-words.ts';
import { clausesOf } from './sentence.ts';

/** How stories and questions among people begin, even where they name what pictures have. */
const BEGINNINGS = [
  'when|where|who|did|does(?! not)|was|were|has|have you|are you|did you|do you (?:know|remember|think|like)',
  'is (?:that|this|it) (?:the|a|an|your|in|from|at|near)',
  'i (?:was|am|went|saw|took|shot|had|made|did|cropped|edited|used|tried|got|just got|just saw|remember)',
  'i have (?:been|never|always|seen)|we (?:were|went|had|saw|took|are)',
  'he|she|they|my (?:wife|husband|mom|mum|dad|brother|sister|friend|boss)',
];

/** Turns of speech in the words of edits. */
const IDIOMS = [
  'take (?:a look|care|your time|it easy|a (?:break|seat|picture|photo))',
  'turn (?:left|right) (?:at|on|onto|into|after)|change of plans|cut it out|move on|lose my',
  'make (?:sense|sure|way|room|it (?:up|home|to|work|happen|back|in time))',
  'give (?:me|us|it) a (?:sec|second|minute|moment|rest|break|call)',
  'keep (?:in touch|me posted|it real|calm|up)|drop (?:me|by|in)|set (?:up|off)|put up with',
  'get (?:well|back to|out|up|over|together|some (?:rest|sleep)|me a)|bring (?:it on|your|my|a|warm)',
];

const OF_ELSEWHERE = new RegExp(
  `^(?:${[...BEGINNINGS, ...IDIOMS].join('|')})\\b|\\b(?:${ELSEWHERE})\\b`,
);

/** A clause that is about anything but the picture. */
export function isOfElsewhere(clause: string): boolean {
  return OF_ELSEWHERE.test(clause);
}

const QUESTION =
  /\?|^(?:who|where|when|what|which|how|did|does(?! not)|do(?! not)|is|are|was|were|have|has|anyone|anybody|someone)\b/;

/** Plainly talk among people: a question of theirs, or a story. */
export function isTalk(line: string): boolean {
  return QUESTION.test(line) || clausesOf(line).some(isOfElsewhere);
}
