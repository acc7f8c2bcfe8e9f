import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dilate } from '../../../../../src/pipeline/engines/darkroom/pixels/dilate.ts';

describe('dilate', () => {
  it('takes the highest value of the square around each pixel', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 15 }),
        fc.infiniteStream(fc.constantFrom(0, 0, 0, 7, 255)),
        (width, height, radius, stream) => {
          const coverage = Uint8Array.from(stream.take(width * height));
          const grown = dilate(coverage, { width, height }, radius);
          for (let y = 0; y < height; y += 1) {
            for (let x = 0; x < width; x += 1) {
              let highest = 0;
              for (let at = 0; at < coverage.length; at += 1) {
                const near =
                  Math.abs((at % width) - x) <= radius &&
                  Math.abs(Math.floor(at / width) - y) <= radius;
                if (near) highest = Math.max(highest, coverage[at] ?? 0);
              }
              expect(grown[y * width + x]).toBe(highest);
            }
          }
        },
      ),
    );
  });
});
