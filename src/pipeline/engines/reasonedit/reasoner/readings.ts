import { z } from 'zod';

import { cappedScore } from '../../../capped-score.ts';
import type { Plan, Thought } from '../../../types.ts';
import { splitTags } from './tags.ts';

/**
 * What the model made of a request. An answer without marks is the instruction itself; one that says nothing
 * leaves the request as it is.
 */
export function readThought(
  answer: string,
  request: string,
): Plan | Extract<Thought, { kind: 'question' }> {
  const { before, tagged } = splitTags(answer);
  const textOf = (name: string): string => tagged.find(({ tag }) => tag === name)?.text ?? '';
  const again = textOf('Again');
  const instruction = again || textOf('Instruction') || (tagged.length === 0 ? before : '');
  const question = textOf('Question');
  if (instruction === '' && question !== '') return { kind: 'question', text: question };
  return {
    kind: 'plan',
    reasoning: textOf('Think'),
    instruction: instruction || request,
    base: again === '' ? 'latest' : 'source',
  };
}

export type Conclusion = { readonly critique: string } & (
  | { readonly verdict: 'success' | 'revert' }
  | { readonly verdict: 'refine'; readonly nextInstruction: string }
);

/** @returns Nothing unless the answer has a thought and, after it, exactly one conclusion. */
export function readConclusion(answer: string): Conclusion | undefined {
  const { tagged } = splitTags(answer);
  const [think, conclusion, ...more] = tagged;
  if (think?.tag !== 'Think' || conclusion === undefined || more.length > 0) return undefined;
  const critique = think.text;
  switch (conclusion.tag) {
    case 'Success':
    case 'Others':
      return { critique, verdict: 'success' };
    case 'Failed':
      return { critique, verdict: 'revert' };
    case 'Reflection':
      return conclusion.text === ''
        ? undefined
        : { critique, verdict: 'refine', nextInstruction: conclusion.text };
    default:
      return undefined;
  }
}

const Count = z.coerce.number().catch(0);

const AssessmentJson = z.object({
  meets_instruction: z.string(),
  major_conflicts: Count,
  omissions: Count,
  hallucinations: Count,
  raw_score: z.coerce.number(),
  reason: z.string().catch(''),
});

export interface Assessment {
  /** 0 to 10. */
  readonly score: number;
  readonly reason: string;
}

/** @returns The score, capped by what was found; nothing when the answer holds no such JSON. */
export function readAssessment(answer: string): Assessment | undefined {
  const parsed = AssessmentJson.safeParse(jsonIn(answer));
  if (!parsed.success || Number.isNaN(parsed.data.raw_score)) return undefined;
  const { meets_instruction: meets, major_conflicts: conflicts, reason, ...found } = parsed.data;
  // Models that score from 0 to 1 are told from those that score from 0 to 10 by that alone.
  const raw = found.raw_score >= 0 && found.raw_score <= 1 ? found.raw_score * 10 : found.raw_score;
  const score = cappedScore(raw, {
    meets: meets.trim().toLowerCase(),
    majorConflicts: conflicts,
    minorConflicts: 0,
    // What was put in unasked counts as much as what was left out.
    omissions: Math.max(found.omissions, found.hallucinations),
  });
  return { score, reason: reason.trim() };
}

const ScorePair = z.object({ score: z.array(z.coerce.number()).min(2) });

/** @returns Two scores, 0 to 10; nothing when the answer holds no such JSON. */
export function readScores(answer: string): readonly [number, number] | undefined {
  const [first = Number.NaN, second = Number.NaN] =
    ScorePair.safeParse(jsonIn(answer)).data?.score ?? [];
  if (Number.isNaN(first) || Number.isNaN(second)) return undefined;
  const bounded = (score: number): number => Math.max(0, Math.min(10, score));
  return [bounded(first), bounded(second)];
}

/** The JSON object in an answer that may have other words, or a fence, around it. */
function jsonIn(answer: string): unknown {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(answer.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
