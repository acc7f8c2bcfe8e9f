import { describe, expect, it } from 'vitest';

import {
  guidedFilter,
  refineMask,
} from '../../../../../src/pipeline/engines/darkroom/vision/guided-filter.ts';
import { shrink } from '../../../../../src/pipeline/engines/darkroom/vision/copy.ts';
import { overlap } from '../../../../../src/pipeline/engines/darkroom/vision/overlap.ts';
import {
  drawCopy,
  drawMask,
  makeCopy,
  oddCopies,
  randomNumbers,
} from '../../../../support/copies.ts';

const SHAPE = '<path d="M240 40 L400 280 L300 250 L240 300 L180 250 L80 280 Z" fill="#fff"/>';

describe('guided filter', () => {
  it('keeps a constant', () => {
    const copy = makeCopy(40, 30, (x, y) => [x * 6, y * 8, 100]);
    const filtered = guidedFilter(copy, 4, 1e-3)(new Float32Array(1200).fill(0.7));
    for (const value of filtered) expect(value).toBeCloseTo(0.7, 3);
  });

  it('smooths noise, and keeps the step where the guide has one', () => {
    const random = randomNumbers();
    const copy = makeCopy(60, 40, (x) => (x < 30 ? [200, 60, 40] : [40, 90, 160]));
    const values = Float32Array.from(
      { length: 2400 },
      (_, at) => (at % 60 < 30 ? 0.8 : 0.2) + random() * 0.4,
    );
    const filtered = guidedFilter(copy, 6, 1e-4)(values);
    for (let at = 0; at < filtered.length; at += 1) {
      expect(Math.abs((filtered[at] ?? 0) - (at % 60 < 30 ? 0.8 : 0.2))).toBeLessThan(0.12);
    }
  });
});

describe('refining a mask', () => {
  it('follows the edges of the copy far beyond its own resolution', async () => {
    const copy = await drawCopy(
      `<rect width="480" height="320" fill="#5b86b8"/>${SHAPE.replace('#fff', '#c94')}`,
    );
    const truth = await drawMask(SHAPE);
    const rgb = Uint8Array.from(
      { length: truth.length * 3 },
      (_, at) => truth[Math.floor(at / 3)] ?? 0,
    );
    const small = shrink({ width: 480, height: 320, rgb }, { width: 96, height: 64 });
    const weights = Uint8Array.from({ length: 96 * 64 }, (_, at) =>
      (small.rgb[at * 3] ?? 0) > 127 ? 255 : 0,
    );
    const blocks = Uint8Array.from(truth, (_, at) => {
      const [x, y] = [at % 480, Math.floor(at / 480)];
      return weights[Math.floor(y / 5) * 96 + Math.floor(x / 5)] ?? 0;
    });
    const refined = refineMask({ width: 96, height: 64, weights }, copy);
    expect(overlap(blocks, truth)).toBeLessThan(0.975);
    expect(overlap(refined.weights, truth)).toBeGreaterThan(0.985);
  });

  it('leaves an empty and a full mask alone', () => {
    for (const [name, copy] of oddCopies()) {
      for (const weight of [0, 255]) {
        const size = { width: Math.min(8, copy.width), height: Math.min(8, copy.height) };
        const weights = new Uint8Array(size.width * size.height).fill(weight);
        const refined = refineMask({ ...size, weights }, copy);
        expect([refined.width, refined.height], name).toEqual([copy.width, copy.height]);
        expect(
          refined.weights.every((value) => value === weight),
          name,
        ).toBe(true);
      }
    }
  });
});
