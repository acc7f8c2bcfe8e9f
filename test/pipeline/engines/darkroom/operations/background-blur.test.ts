import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { blurWithin } from '../../../../../src/pipeline/engines/darkroom/pixels/blur-within.ts';
import { lensBlur } from '../../../../../src/pipeline/engines/darkroom/pixels/lens-blur.ts';
import { drawMask } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import type { Pixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { develop } from '../../../../support/darkroom.ts';
import { CALL } from '../../../../support/drawn.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';

describe('blurring the background', () => {
  it('never fails on tiny and odd pictures, and keeps transparency and 16 bits', async () => {
    const odd = await Promise.all(
      [
        [1, 1],
        [3, 80],
        [80, 2],
      ].map(([width = 1, height = 1]) =>
        encoded(sharp({ create: { width, height, channels: 4, background: '#a05a2dc0' } }), 'png'),
      ),
    );
    const deep = await encoded(sharp((await makePhoto()).bytes).toColourspace('rgb16'), 'png');
    for (const image of [...odd, deep]) {
      const { thought } = await develop(image, 'bokeh');
      expect(thought).toBeDefined();
    }
  });
});

describe('blurring by a mask', () => {
  /** Red on the left, blue on the right. */
  const halves = (): Pixels => {
    const data = new Uint8Array(40 * 20 * 3);
    for (let pixel = 0; pixel < 800; pixel += 1) {
      data[pixel * 3 + (pixel % 40 < 20 ? 0 : 2)] = 200;
    }
    return { data, width: 40, height: 20, channels: 3 };
  };
  const right = drawMask({ width: 40, height: 20 }, (x) => (x > 0.5 ? 1 : 0));

  it('takes no light from outside, with a Gaussian or a lens', async () => {
    const lens = halves();
    await lensBlur(lens, 8, right, CALL);
    const gaussian = await blurWithin(halves(), 6, right);
    for (const { data } of [lens, gaussian]) {
      for (let x = 20; x < 40; x += 1) {
        const at = (10 * 40 + x) * 3;
        expect(data[at]).toBe(0);
        expect(Math.abs((data[at + 2] ?? 0) - 200)).toBeLessThanOrEqual(1);
      }
    }
    expect([...lens.data.subarray(0, 3)]).toEqual([200, 0, 0]);
  });

  it('keeps the light of all, whatever the radius', async () => {
    for (const radius of [1, 5, 7.5, 30]) {
      const pixels: Pixels = {
        data: new Uint8Array(60 * 50 * 3).fill(120),
        width: 60,
        height: 50,
        channels: 3,
      };
      await lensBlur(pixels, radius, undefined, CALL);
      expect(new Set(pixels.data)).toEqual(new Set([120]));
    }
  });
});
