import { describe, expect, it } from 'vitest';

import { progressOf } from '../../src/queue/progress.ts';
import { picture } from '../support/scripted-engine.ts';
import { referenceTo } from '../support/memory-images.ts';

const round = (number: number, words: string) => ({
  round: number,
  instruction: words,
  image: referenceTo(picture(words)),
});

describe('the progress of a turn', () => {
  it('is nothing before the first fact', () => {
    expect(progressOf(undefined, [])).toEqual({ rounds: [] });
  });

  it('keeps the first deadline and the last word on each round', () => {
    const finished = { rounds: [round(1, 'brought along')] };
    const progress = progressOf(finished, [
      { type: 'started', deadlineAt: 5 },
      { type: 'started', deadlineAt: 6 },
      { type: 'round', round: round(2, 'first') },
      { type: 'round', round: round(2, 'again') },
    ]);
    expect(progress).toEqual({
      deadlineAt: 5,
      rounds: [round(1, 'brought along'), round(2, 'again')],
    });
  });
});
