import fc from 'fast-check';
import { expect, it } from 'vitest';

import { IDENTITY } from '../../../src/pipeline/keep/mapping.ts';
import { placeOf } from '../../../src/pipeline/keep/place.ts';
import { readPixels } from '../../../src/pipeline/keep/pixels.ts';
import { drift } from '../../support/fake-openai/painters.ts';
import { makePhoto } from '../../support/photos.ts';

const CALL = { signal: new AbortController().signal };
const SIZE = { width: 360, height: 240 };

it('finds any shift and zoom of the whole picture', { timeout: 120_000 }, async () => {
  const photo = await makePhoto(SIZE);
  const { pixels: before } = await readPixels(photo, CALL);
  const shift = fc.double({ min: -8, max: 8, noNaN: true });
  const zoom = fc.double({ min: 0.98, max: 1.02, noNaN: true });
  const gain = fc.double({ min: 0.95, max: 1.05, noNaN: true });
  await fc.assert(
    fc.asyncProperty(shift, shift, zoom, gain, async (x, y, times, light) => {
      const moved = await drift(Buffer.from(photo.bytes), { x, y, zoom: times, gain: light });
      const { pixels: after } = await readPixels({ ...photo, bytes: moved }, CALL);
      const found = await placeOf(before, after, [IDENTITY], CALL);
      const middle = (axis: { scale: number; shift: number }) => axis.shift + (axis.scale - 1) / 2;
      // Less than a fifth of a pixel at the corners is not worth moving for.
      expect(Math.abs(middle(found.x) * SIZE.width - x)).toBeLessThan(0.25);
      expect(Math.abs(middle(found.y) * SIZE.height - y)).toBeLessThan(0.25);
      expect(Math.abs(found.x.scale - times)).toBeLessThan(0.002);
      expect(Math.abs(found.y.scale - times)).toBeLessThan(0.002);
    }),
    { numRuns: 8 },
  );
});
