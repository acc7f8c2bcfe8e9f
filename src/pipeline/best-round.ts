import type { BestRound, Round, Scores } from './types.ts';

/**
 * The weaker of the two judgements of the edit times the weaker of the two of the picture, 0 to
 * 100 (paper, section 3.3).
 */
export function overallScore(scores: Scores): number {
  return (
    Math.min(scores.editSuccess, scores.overEdit) * Math.min(scores.naturalness, scores.artifacts)
  );
}

type Judged = Pick<Round, 'round' | 'reflection'>;

const rank = ({ reflection }: Judged): readonly [number, number] =>
  reflection
    ? [overallScore(reflection.scores), reflection.verdict === 'success' ? 1 : 0]
    : [-1, 0];

/**
 * The round to answer with: the highest overall score; of equals one that was judged a success,
 * then the later one. A round that nobody judged comes after all that were. Undefined for none.
 */
export function bestRound(rounds: readonly Judged[]): BestRound | undefined {
  let best: Judged | undefined;
  let equals = 0;
  for (const candidate of rounds) {
    if (!best) {
      best = candidate;
      equals = 1;
      continue;
    }
    const [score, success] = rank(candidate);
    const [bestScore, bestSuccess] = rank(best);
    if (score > bestScore || (score === bestScore && success > bestSuccess)) {
      best = candidate;
      equals = 1;
    } else if (score === bestScore && success === bestSuccess) {
      best = candidate;
      equals += 1;
    }
  }
  if (!best) return undefined;
  const reason =
    rounds.length === 1
      ? 'only-round'
      : best.reflection?.verdict === 'success'
        ? 'judged-success'
        : equals > 1
          ? 'latest-of-equals'
          : 'highest-score';
  return { round: best.round, reason };
}
