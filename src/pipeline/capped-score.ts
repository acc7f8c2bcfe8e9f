/** What a judge found on a result, as far as it bounds the score. */
export interface Findings {
  /** `yes`, `partial` or `no`; anything else is none of them. */
  readonly meets: string;
  readonly majorConflicts: number;
  readonly minorConflicts: number;
  readonly omissions: number;
}

/**
 * The score that the findings allow, 0 to 10: a judge who lists faults can't call the result perfect
 * (the caps of the reference implementation).
 */
export function cappedScore(score: number, found: Findings): number {
  const { meets, majorConflicts: major, minorConflicts: minor, omissions } = found;
  const caps = [
    meets === 'no' ? 2 : 10,
    meets === 'partial' ? 5 : 10,
    major >= 2 ? 5 : 10,
    major === 1 ? 8 : 10,
    omissions > 0 ? 7 : 10,
    meets !== 'yes' || major > 0 || minor > 0 || omissions > 0 ? 8.99 : 10,
  ];
  return Math.max(0, Math.min(score, ...caps));
}
