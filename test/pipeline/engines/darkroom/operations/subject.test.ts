import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded } from '../../../../support/photos.ts';

/** A red figure in front of stripes of cool colors, which a blur would smear. */
async function figure(format: 'png' | 'jpeg' = 'png'): Promise<EncodedImage> {
  const stripes = Array.from(
    { length: 60 },
    (_, index) =>
      `<rect x="${index * 10}" width="5" height="400" fill="${index % 2 === 0 ? '#5d7f96' : '#86a3b5'}"/>`,
  ).join('');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="#6f8fa5"/>${stripes}<ellipse cx="300" cy="230" rx="95" ry="130" fill="#b5301f"/><circle cx="300" cy="95" r="48" fill="#d9793a"/></svg>`;
  return encoded(sharp(Buffer.from(drawing)).removeAlpha(), format);
}

async function rgba(image: EncodedImage) {
  const { data, info } = await sharp(image.bytes)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ];
}

/** How much neighbours differ along a row of the background. */
function detail(at: (x: number, y: number) => number[], y: number): number {
  let sum = 0;
  for (let x = 10; x < 120; x += 1) sum += Math.abs((at(x, y)[1] ?? 0) - (at(x + 1, y)[1] ?? 0));
  return sum / 110;
}

describe('what is done to the background', () => {
  it('is blurred behind a subject that stays as it was, without a halo', async () => {
    const source = await figure();
    const result = await develop(source, 'blur the background');
    expect(result.stopReason).toBe('success');
    const [before, after] = [await rgba(source), await rgba(answer(result).image)];
    expect(detail(after, 60)).toBeLessThan(detail(before, 60) * 0.4);
    for (const [x, y] of [
      [300, 95],
      [300, 230],
      [260, 300],
    ] as const) {
      after(x, y).forEach((value, channel) => {
        expect(Math.abs(value - (before(x, y)[channel] ?? 0))).toBeLessThanOrEqual(2);
      });
    }
    // Next to the figure the background has none of its red.
    const [red = 0, , blue = 0] = after(185, 230);
    expect(red).toBeLessThan(blue);
  });

  it('is more blurred when more is asked for', async () => {
    const source = await figure();
    const blurred = async (request: string) =>
      detail(await rgba(answer(await develop(source, request)).image), 60);
    expect(await blurred('blur the background a lot')).toBeLessThan(
      await blurred('blur the background slightly'),
    );
  });

  it('becomes transparent, in a format that can hold that', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const result = await develop(await figure(format), 'remove the background');
      expect(result.stopReason).toBe('success');
      if (format === 'jpeg') expect(result.thought).toMatchObject({ format: 'png' });
      const at = await rgba(answer(result).image);
      for (const [x, y] of [
        [20, 20],
        [580, 380],
        [40, 300],
      ] as const) {
        expect(at(x, y)[3]).toBe(0);
      }
      expect(at(300, 230)[3]).toBe(255);
      expect(at(300, 95)[3]).toBe(255);
    }
  });

  it('is left alone where it can’t be told from a subject', async () => {
    const flat = await encoded(
      sharp({ create: { width: 300, height: 200, channels: 3, background: '#7a8a6a' } }),
      'png',
    );
    for (const request of ['remove the background', 'blur the background']) {
      const { thought, rounds } = await develop(flat, request);
      expect(rounds).toEqual([]);
      expect(thought).toMatchObject({
        kind: 'question',
        text: expect.stringContaining('certainty') as string,
      });
    }
  });
});

describe('a miniature', () => {
  it('is sharp in a stripe and blurred above and below', async () => {
    const source = await figure();
    const [before, after] = [
      await rgba(source),
      await rgba(answer(await develop(source, 'tilt-shift')).image),
    ];
    expect(detail(after, 200)).toBeGreaterThan(detail(before, 200) * 0.9);
    expect(detail(after, 20)).toBeLessThan(detail(before, 20) * 0.6);
  });
});
