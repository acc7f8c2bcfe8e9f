import sharp, { type Region } from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { WHOLE } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { lensBlur } from '../../../../../src/pipeline/engines/darkroom/pixels/lens-blur.ts';
import { drawMask } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import { blurWithin } from '../../../../../src/pipeline/engines/darkroom/pixels/blur-within.ts';
import type { Pixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { colourOf, makeBall } from '../../../../support/pictures.ts';

const call = { signal: new AbortController().signal };

async function blurred(image: EncodedImage, request: string) {
  const result = await develop(image, request);
  const round = answer(result);
  expect(round.reflection?.verdict).toBe('success');
  return { image: round.image, instruction: round.instruction };
}

const roughness = async ({ bytes }: EncodedImage, box: Region): Promise<number> => {
  const part = await sharp(bytes).extract(box).toBuffer();
  return (await sharp(part).stats()).channels[1]?.stdev ?? 0;
};

describe('blurring the background', () => {
  it('softens what lies behind the subject, which stays exactly as it was', async () => {
    const source = await makeBall();
    const { image, instruction } = await blurred(source, 'blur the background');
    expect(instruction).toMatch(/likeness of the untouched rest is at least 40 dB/);
    const backdrop = { left: 10, top: 10, width: 90, height: 90 };
    expect(await roughness(image, backdrop)).toBeLessThan(
      0.6 * (await roughness(source, backdrop)),
    );
    const [before, after] = [await colourOf(source), await colourOf(image)];
    for (let x = 200; x < 280; x += 1) expect(after(x, 176)).toEqual(before(x, 176));
  });

  it('takes none of the subject’s colour into the background', async () => {
    const source = await makeBall();
    const { image } = await blurred(source, 'blur the background a lot');
    const [before, after] = [await colourOf(source), await colourOf(image)];
    // Just outside the ball, whose radius is 106 px: red would rise if it were smeared.
    for (const [x, y] of [
      [240, 60],
      [124, 176],
      [356, 176],
    ] as const) {
      expect(before(x, y)[0]).toBeLessThan(100);
      expect(after(x, y)[0]).toBeLessThan(100);
    }
  });

  it('blurs further when it is told to', async () => {
    const source = await makeBall();
    const box = { left: 10, top: 10, width: 90, height: 90 };
    const little = await blurred(source, 'blur the background a bit');
    const much = await blurred(source, 'blur the background a lot');
    expect(await roughness(much.image, box)).toBeLessThan(await roughness(little.image, box));
  });

  it('asks for a better hint where no subject is to be found', async () => {
    const create = { width: 200, height: 150, channels: 3, background: '#888' } as const;
    const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
    const image = await encoded(sharp({ create: { ...create, noise } }), 'png');
    const { thought } = await develop(image, 'portrait mode');
    expect(thought).toMatchObject({ kind: 'question' });
  });

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
    const deep = await encoded(sharp((await makeBall()).bytes).toColourspace('rgb16'), 'png');
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
    await lensBlur(lens, 8, right, call);
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
      await lensBlur(pixels, radius, WHOLE.mask, call);
      expect(new Set(pixels.data)).toEqual(new Set([120]));
    }
  });
});

describe('blurring a part', () => {
  it('leaves the other half as it was', async () => {
    const source = await makePhoto();
    const { image } = await blurred(source, 'blur the bottom half');
    const [before, after] = [await colourOf(source), await colourOf(image)];
    for (let x = 0; x < 480; x += 7) expect(after(x, 100)).toEqual(before(x, 100));
    const house = { left: 180, top: 200, width: 60, height: 60 };
    expect(await roughness(image, house)).toBeLessThan(await roughness(source, house));
  });

  it('leaves a sharp stripe for a miniature', async () => {
    const source = await makePhoto();
    const { image } = await blurred(source, 'tilt-shift');
    const [before, after] = [await colourOf(source), await colourOf(image)];
    for (let x = 0; x < 480; x += 7) expect(after(x, 160)).toEqual(before(x, 160));
    expect(after(250, 20)).not.toEqual(before(250, 20));
  });
});
