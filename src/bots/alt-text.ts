import type { RoundRecord } from '../store/findings.ts';
import { plainLine, type PlainText } from './plain-text.ts';
import type { Sentences } from './sentences.ts';

/*
 * What pictures show, in words: what was done to them, and what was seen in the result. Uncut;
 * platforms differ in how much they take.
 */

export function altOfResult(
  { instruction, reflection }: RoundRecord,
  sentences: Sentences,
): PlainText {
  return plainLine(sentences.altResult(instruction, reflection?.critique));
}

export function altOfRound(
  { round, instruction, reflection }: RoundRecord,
  sentences: Sentences,
): PlainText {
  return plainLine(sentences.altRound(round, instruction, reflection?.critique));
}
