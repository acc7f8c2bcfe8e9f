import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { grainOf } from '../../../../../src/pipeline/engines/darkroom/measure/grain.ts';
import { colourNoiseOf } from '../../../../../src/pipeline/engines/darkroom/measure/noise.ts';
import { photoOf, type Photo } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { encodePixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { drawn, painted } from '../../../../support/drawn.ts';

const scene = async (width: number) =>
  encodePixels(
    await drawn(
      width,
      width / 2,
      '<rect width="100%" height="100%" fill="#8a93a0"/><rect width="40%" height="100%" fill="#6b5a48"/>',
    ),
  );

const meanOf = ({ lightness }: Photo): number =>
  lightness.reduce((sum, value) => sum + value, 0) / lightness.length;

const after = async (image: EncodedImage, request: string) => {
  const result = await develop(image, request);
  expect(result.stopReason).toBe('success');
  return photoOf({ ...answer(result).image });
};

describe('grain', () => {
  it.each([500, 1500, 4000])(
    'can be seen alike %d pixels wide, and is without color',
    async (width) => {
      const image = await scene(width);
      const before = await photoOf(image);
      const grainy = await after(image, 'add film grain');
      expect(grainOf(before)).toBeLessThan(0.4);
      expect(grainOf(grainy)).toBeGreaterThan(2.2);
      expect(grainOf(grainy)).toBeLessThan(5);
      expect(colourNoiseOf(grainy)).toBeLessThan(1);
      expect(Math.abs(meanOf(grainy) - meanOf(before))).toBeLessThan(0.3);
    },
  );

  it('is as strong as the words for it', async () => {
    const image = await scene(600);
    const strengths: number[] = [];
    for (const request of ['add subtle grain', 'add grain', 'add strong grain']) {
      strengths.push(grainOf(await after(image, request)));
    }
    expect(strengths).toEqual(strengths.toSorted((one, other) => one - other));
    expect((strengths[2] ?? 0) / (strengths[0] ?? 1)).toBeGreaterThan(2);
  });

  it('says that it would not show on white', async () => {
    const white = await encodePixels(painted({ width: 200, height: 150 }, () => [1, 1, 1]));
    const result = await develop(white, 'add grain');
    expect(said(result)).toContain('would not show');
  });
});
