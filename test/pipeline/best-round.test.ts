import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bestRound, overallScore } from '../../src/pipeline/best-round.ts';
import type { Round, Scores } from '../../src/pipeline/types.ts';
import { picture } from '../support/scripted-engine.ts';

const round = (number: number, score?: number, verdict: 'success' | 'revert' = 'revert'): Round => {
  const scores: Scores = {
    editSuccess: score ?? 0,
    overEdit: 10,
    naturalness: 10,
    artifacts: score ?? 0,
  };
  return {
    round: number,
    instruction: '',
    image: picture(String(number)),
    ...(score !== undefined && { reflection: { verdict, critique: '', scores } }),
  };
};

describe('bestRound', () => {
  it('has none of none', () => expect(bestRound([])).toBeUndefined());

  it('takes the only one, judged or not', () => {
    expect(bestRound([round(1)])).toEqual({ round: 1, reason: 'only-round' });
  });

  it('takes the highest score', () => {
    expect(bestRound([round(1, 3), round(2, 7), round(3, 5)])).toEqual({
      round: 2,
      reason: 'highest-score',
    });
  });

  it('prefers of equals the one judged a success, then the later', () => {
    expect(bestRound([round(1, 6, 'success'), round(2, 6)])).toEqual({
      round: 1,
      reason: 'judged-success',
    });
    expect(bestRound([round(1, 6), round(2, 6)])).toEqual({ round: 2, reason: 'latest-of-equals' });
  });

  it('puts a round that nobody judged behind all that were', () => {
    expect(bestRound([round(1, 0), round(2)])).toMatchObject({ round: 1 });
  });

  it('scores by the weaker judgement of each pair', () => {
    expect(overallScore({ editSuccess: 9, overEdit: 4, naturalness: 3, artifacts: 10 })).toBe(12);
  });

  it('never answers with a round that another one beats', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10), { minLength: 1, maxLength: 6 }), (scores) => {
        const rounds = scores.map((score, index) => round(index + 1, score));
        const best = bestRound(rounds);
        expect(scores[(best?.round ?? 0) - 1]).toBe(Math.max(...scores));
      }),
    );
  });
});
