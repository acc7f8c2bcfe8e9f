import { matchOf } from '../language/match.ts';
import type { Operation } from '../operation.ts';
import { phrase } from '../phrase.ts';

const WORDS =
  /\b(?:invert(?:ed)?(?: (?:it|this|the|all|its))*(?: (?:colors?|picture|image|photo|tones?))?|(?:(?:make|turn) (?:it|this) )?(?:in)?(?:to )?(?:a |as a )?(?:photo )?negative|reverse the colors?)\b/;

/** The negative: each channel the other way round. */
export const invert: Operation = {
  name: 'invert',
  offer: 'invert its colors',
  order: 26,
  regional: false,
  phrase: phrase('Invert the colors of {region}', {}),
  work: { kind: 'colour', stage: () => ({ curve: (value) => 1 - value }) },
  match({ text }) {
    return matchOf(WORDS.exec(text), {
      operation: 'invert',
      plan: () => ({
        params: {},
        goals: [{ metric: 'inversion', atLeast: 90 }],
        why: 'I invert its colors, as in a negative.',
      }),
    });
  },
};
