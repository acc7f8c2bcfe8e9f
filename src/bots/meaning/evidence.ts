import { bare, isCourtesy } from './courtesy.ts';
import { ELSEWHERE, NAMED } from './edit-words.ts';
import { clausesOf } from './sentence.ts';
import { COMPLAINTS_AND_LIKINGS, INSTRUCTIONS } from './wishes.ts';

/**
 * How much a message that may be meant for anyone looks like a wish for an edit: it says what to
 * do; it says what is wrong or would be liked; a few words that name something in a picture, as an addition
 * to what was said before; a few words that may be one.
 */
export type Evidence = 'clear' | 'likely' | 'fragment' | 'hint' | 'none';

/** Talk that is none even if it names what pictures have. */
const TALK =
  /^(?:when|where|who|did|does(?! not)|was|were|have you|has|are you|do you (?:know|remember|think|like)|did you|is (?:that|this|it) (?:the|a|an|your|in|from|at|near)|i (?:was|am|went|saw|took|shot|had|made|did|cropped|edited|used|tried|got|just got|just saw|remember|have (?:been|never|always|seen))|he|she|they|my (?:wife|husband|mom|mum|dad|brother|sister|friend|boss)|we (?:were|went|had|saw|took|are))\b/;

/** Turns of speech in the words of edits. */
const IDIOM =
  /^(?:take (?:a look|care|your time|it easy|a (?:break|seat|picture|photo))|turn (?:left|right) (?:at|on|onto|into|after)|make (?:sense|sure|way|room|it (?:up|home|to|work|happen|back|in time))|give (?:me|us|it) a (?:sec|second|minute|moment|rest|break|call)|change of plans|keep (?:in touch|me posted|it real|calm|up)|drop (?:me|by|in)|set (?:up|off)|get (?:well|back to|out|up|over|together|some (?:rest|sleep)|me a)|put up with|bring (?:it on|your|my|a|warm)|cut it out|move on|lose my)\b/;

const OF_ELSEWHERE = new RegExp(`\\b(?:${ELSEWHERE})\\b`);
const PRAISES =
  /\b(?:love|loving|amazing|awesome|gorgeous|beautiful|stunning|perfect|great|nice|lovely|incredible|wonderful|fantastic|so good)\b/;

const VERB_OF_TALK =
  'is|are|was|were|am|i|you|he|she|we|they|do|did|does|have|has|had|lol|will|would|looks?|makes?|say|says|said|worry|think|know|goes|went|gets|got|hear|myself';
/** A few words without a verb of their own. */
const FEW_WORDS = new RegExp(`^(?!.*\\b(?:${VERB_OF_TALK})\\b)[a-z0-9%:.]+(?: [a-z0-9%:.]+){0,6}$`);
const NAMES_SOMETHING = new RegExp(
  `\\b(?:${NAMED}|ones?|other|both|half|rest|all|first|second|third|last|less|more|\\d+%?)\\b`,
);
const BEGINS_AS_ADDITION =
  /^(?:the|that|this|those|these|only|just|not|without|with|on|in|at|for|from|both|every|except|as|a|an)\b/;

/** What a line of a message that is not certainly for the bot looks like. */
export function evidenceIn(line: string): Evidence {
  const clauses = clausesOf(line)
    .filter((clause) => !isCourtesy(clause))
    .map(bare);
  const wishes = clauses.filter((clause) => !isOfElsewhere(clause));
  if (wishes.some((clause) => fits(INSTRUCTIONS, clause))) return 'clear';
  const remarks = wishes.filter((clause) => !PRAISES.test(clause));
  if (remarks.some((clause) => fits(COMPLAINTS_AND_LIKINGS, clause))) return 'likely';
  if (
    remarks.length === 0 ||
    line.includes('?') ||
    !clauses.every((clause) => FEW_WORDS.test(clause))
  ) {
    return 'none';
  }
  if (clauses.every((clause) => NAMES_SOMETHING.test(clause))) return 'fragment';
  return clauses.every((clause) => BEGINS_AS_ADDITION.test(clause)) ? 'hint' : 'none';
}

const isOfElsewhere = (clause: string): boolean => fits([TALK, IDIOM, OF_ELSEWHERE], clause);

const fits = (patterns: readonly RegExp[], clause: string): boolean =>
  patterns.some((pattern) => pattern.test(clause));

const QUESTION =
  /\?|^(?:who|where|when|what|which|how|did|does(?! not)|do(?! not)|is|are|was|were|have|has|anyone|anybody|someone)\b/;

/** Plainly talk among people: a question of theirs, or a story. */
export function isTalk(line: string): boolean {
  return (
    line.startsWith('@') ||
    QUESTION.test(line) ||
    OF_ELSEWHERE.test(line) ||
    clausesOf(line).every(isOfElsewhere)
  );
}
