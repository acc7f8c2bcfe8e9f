import { bare, isCourtesy } from './courtesy.ts';
import { NAMED } from './edit-words.ts';
import { clausesOf } from './sentence.ts';
import { isOfElsewhere } from './talk.ts';
import { COMPLAINTS_AND_LIKINGS, INSTRUCTIONS } from './wishes.ts';

/**
 * How much a message that may be meant for anyone looks like a wish for an edit: it says what to
 * do; it says what is wrong or would be liked; a few words that name something in a picture, as an addition
 * to what was said before; a few words that may be one.
 */
export type Evidence = 'clear' | 'likely' | 'fragment' | 'hint' | 'none';

const PRAISES =
  /\b(?:love|loving|amazing|awesome|gorgeous|beautiful|stunning|perfect|great|nice|lovely|incredible|wonderful|fantastic|so good)\b/;

const VERB_OF_TALK =
  'is|are|was|were|am|i|you|he|she|we|they|do|did|does|have|has|had|lol|will|would|looks?|makes?|say|says|said|worry|think|know|goes|went|gets|got|hear|myself';
/** A few words without a verb of their own. */
const FEW_WORDS = new RegExp(
  `^(?!.*\\b(?:${VERB_OF_TALK})\\b)(?!(?!in|ex)[a-z]+ing\\b)[a-z0-9%:.]+(?: [a-z0-9%:.]+){0,6}$`,
);
const NAMES_SOMETHING = new RegExp(
  `\\b(?:${NAMED}|ones?|other|both|half|rest|all|first|second|third|last|less|more|\\d+%?)\\b`,
);
const BEGINS_AS_ADDITION =
  /^(?:the|that|this|those|these|only|just|not|without|with|on|in|at|for|from|both|every|except|as|a|an)\b/;

/** Wishes are said in shorter ones, and patterns need not be quick on long ones. */
const MAX_CHARACTERS = 200;

/** What a line of a message that is not certainly for the bot looks like. */
export function evidenceIn(line: string): Evidence {
  const clauses = clausesOf(line)
    .filter((clause) => clause.length <= MAX_CHARACTERS && !isCourtesy(clause))
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

const fits = (patterns: readonly RegExp[], clause: string): boolean =>
  patterns.some((pattern) => pattern.test(clause));
