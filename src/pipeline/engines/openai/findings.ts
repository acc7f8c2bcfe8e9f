import { z } from 'zod';

import { cappedScore } from '../../capped-score.ts';

const Score = z.number().transform((score) => Math.min(10, Math.max(0, score)));

const Words = z.string().refine((text) => text.trim() !== '', 'it is empty');

export const Target = z.strictObject({ target: Words });

/** What a judge found on a result. */
export const Assessment = z.strictObject({
  reason: z.string(),
  meets_instruction: z.enum(['yes', 'partial', 'no']),
  major_conflicts: z.array(z.string()),
  minor_conflicts: z.array(z.string()),
  omissions: z.array(z.string()),
  raw_score: Score,
});

export type Assessment = z.infer<typeof Assessment>;

export const EditScores = z.strictObject({ edit_success: Score, over_edit: Score });
export const LookScores = z.strictObject({ naturalness: Score, artifacts: Score });

export const Conclusion = z.strictObject({
  reason: z.string(),
  verdict: z.enum(['success', 'refine', 'revert']),
  instruction: z.string(),
});

export type Conclusion = z.infer<typeof Conclusion>;

/** The score that the findings allow, 0 to 10. */
export function scoreOf(found: Assessment): number {
  return cappedScore(found.raw_score, {
    meets: found.meets_instruction,
    majorConflicts: found.major_conflicts.length,
    minorConflicts: found.minor_conflicts.length,
    omissions: found.omissions.length,
  });
}

/** Nothing is left to conclude where the judge found nothing at all to wish for. */
export function isPlainSuccess(found: Assessment): boolean {
  return found.meets_instruction === 'yes' && scoreOf(found) >= 9;
}

/** The findings as a list for whoever concludes from them. */
export function findingsInWords(found: Assessment): string {
  const { reason, major_conflicts, minor_conflicts, omissions } = found;
  return [
    reason,
    ...major_conflicts.map((fault) => `- badly wrong: ${fault}`),
    ...minor_conflicts.map((fault) => `- slightly wrong: ${fault}`),
    ...omissions.map((fault) => `- missing: ${fault}`),
  ].join('\n');
}
