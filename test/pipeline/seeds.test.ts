import { describe, expect, it } from 'vitest';

import { uniformNumbers } from '../../src/pipeline/seeds.ts';

const draw = (seed: number) => Array.from({ length: 10_000 }, uniformNumbers(seed));

describe('uniformNumbers', () => {
  it('gives the same numbers for the same seed, spread evenly', () => {
    const numbers = draw(5);
    expect(draw(5)).toEqual(numbers);
    expect(draw(6)).not.toEqual(numbers);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = numbers.filter((value) => Math.floor(value * 10) === tenth).length;
      expect(share).toBeGreaterThan(850);
      expect(share).toBeLessThan(1_150);
    }
  });
});
