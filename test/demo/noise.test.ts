import { describe, expect, it } from 'vitest';

import { createNoise } from '../../src/demo/noise.ts';

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
