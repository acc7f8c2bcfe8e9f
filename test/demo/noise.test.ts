import { describe, expect, it } from 'vitest';

import { createNoise, randomNumbers } from '../../src/demo/noise.ts';

const draw = (seed: number) => Array.from({ length: 10_000 }, randomNumbers(seed));

describe('randomNumbers', () => {
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

describe('createNoise', () => {
  it('is smooth, stays in its range, and is not flat', () => {
    const noise = createNoise(3);
    let lowest = Infinity;
    let highest = -Infinity;
    for (let x = -40; x < 40; x += 0.05) {
      const value = noise.fractal(x, x * 0.37 - 11, 5);
      const next = noise.fractal(x + 1e-4, x * 0.37 - 11, 5);
      expect(Math.abs(next - value)).toBeLessThan(0.005);
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    expect(lowest).toBeGreaterThan(-1.1);
    expect(lowest).toBeLessThan(-0.3);
    expect(highest).toBeLessThan(1.1);
    expect(highest).toBeGreaterThan(0.3);
  });
});
