import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  drawMask,
  feather,
  invertMask,
  maskRows,
  shareOf,
  weightsAt,
  type Mask,
} from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';

const anySide = fc.integer({ min: 1, max: 40 });
const anyMask: fc.Arbitrary<Mask> = fc
  .tuple(anySide, anySide)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((weights) => ({ width, height, weights })),
  );

/** All rows of a mask at a size, rows of zeros written out. */
function rows(mask: Mask, size: { width: number; height: number }): number[][] {
  const row = maskRows(mask, size);
  return Array.from({ length: size.height }, (_, y) =>
    Array.from(row(y) ?? new Float32Array(size.width)),
  );
}

describe('a mask', () => {
  it('is read at its own size as it is', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const read = rows(mask, mask).flat();
        for (const [pixel, weight] of mask.weights.entries()) {
          expect(read[pixel]).toBeCloseTo(weight / 255, 5);
        }
        expect(weightsAt(mask, mask)).toBe(mask.weights);
      }),
    );
  });

  it('never leaves the range of its own weights at any other size', () => {
    fc.assert(
      fc.property(anyMask, anySide, anySide, (mask, width, height) => {
        const [least, most] = [Math.min(...mask.weights), Math.max(...mask.weights)];
        for (const weight of rows(mask, { width, height }).flat()) {
          expect(weight * 255).toBeGreaterThanOrEqual(least - 1e-3);
          expect(weight * 255).toBeLessThanOrEqual(most + 1e-3);
        }
        for (const weight of weightsAt(mask, { width, height })) {
          expect(mask.weights).toContain(weight);
        }
      }),
    );
  });

  it('keeps its place when it is scaled up', () => {
    const left = drawMask({ width: 8, height: 4 }, (x) => (x < 0.5 ? 1 : 0));
    const [row = []] = rows(left, { width: 800, height: 100 });
    expect(row[10]).toBe(1);
    expect(row[789]).toBe(0);
    // Half of the weight lies exactly at the edge.
    expect(row[399]).toBeCloseTo(0.5, 1);
    expect(shareOf(left)).toBe(0.5);
    expect(shareOf(invertMask(left))).toBe(0.5);
  });

  it('softens without moving or growing beyond the radius', () => {
    const dot = drawMask({ width: 21, height: 21 }, (x, y) =>
      Math.hypot(x - 0.5, y - 0.5) < 0.2 ? 1 : 0,
    );
    const soft = feather(dot, 2);
    expect(soft.weights[10 * 21 + 10]).toBe(255);
    expect(soft.weights[0]).toBe(0);
    const mirrored = soft.weights.toReversed();
    expect(mirrored).toEqual(soft.weights);
    const sum = (weights: Uint8Array) => weights.reduce((total, weight) => total + weight, 0);
    expect(Math.abs(sum(soft.weights) - sum(dot.weights))).toBeLessThan(sum(dot.weights) * 0.02);
  });
});
