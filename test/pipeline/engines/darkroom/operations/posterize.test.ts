import { describe, expect, it } from 'vitest';

import { halfTransparent, pixelAt, pixelsOf, plain } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

describe('posterize', () => {
  it.each([
    ['posterize', 5],
    ['posterize to 4 levels', 4],
    ['posterize it strongly', 3],
    ['posterize slightly', 8],
    ['only 4 colors', 4],
  ])('%s: leaves so many values in each channel', async (request, levels) => {
    const result = await develop(await makePhoto(), request);
    expect(result.stopReason).toBe('success');
    const values = new Set(await pixelsOf(answer(result).image));
    expect(values.size).toBeLessThanOrEqual(levels);
    expect(values.size).toBeGreaterThan(1);
  });

  it.each<Conditions>([
    { stops: -2 },
    { saturation: 0 },
    { stops: 1.5 },
    { width: 2400, height: 1600 },
  ])('does so on other pictures: %o', async (conditions) => {
    expect((await develop(await makePhoto(conditions), 'posterize')).stopReason).toBe('success');
  });

  it('keeps to its region, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'posterize the right half'));
    expect(await pixelAt(image, 70, 230)).toEqual(await pixelAt(photo, 70, 230));
    expect((await develop(await halfTransparent(), 'posterize')).stopReason).toBe('success');
  });

  it('says so where next to nothing would be left', async () => {
    for (const flat of [await plain('#808080'), await makePhoto({ contrast: 0.05 })]) {
      const { thought } = await develop(flat, 'posterize to 3 levels');
      expect(thought?.kind === 'question' && thought.text).toContain('close together');
    }
  });
});
