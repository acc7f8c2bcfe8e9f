import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fade } from '../../../../../src/pipeline/engines/darkroom/operations/fade.ts';
import { changed, halfTransparent, measured, pixelAt, plain } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

describe('fade', () => {
  it.each<Conditions>([{}, { stops: -2 }, { contrast: 0.6 }, { saturation: 0 }])(
    'lifts the blacks, lowers contrast and pales the colors: %o',
    async (conditions) => {
      const photo = await makePhoto(conditions);
      const result = await develop(photo, 'give it a faded look');
      expect(result.stopReason).toBe('success');
      const [before, after] = [await measured(photo), await measured(answer(result).image)];
      expect(after.blackPoint - before.blackPoint).toBeGreaterThan(3);
      expect(after.lightnessSpread).toBeLessThan(before.lightnessSpread);
      expect(after.meanChroma).toBeLessThanOrEqual(before.meanChroma * 0.95);
    },
  );

  it('is stronger the stronger the words', async () => {
    const photo = await makePhoto();
    const black = async (request: string) =>
      (await measured(answer(await develop(photo, request)).image)).blackPoint;
    const [slight, usual, strong] = [
      await black('slightly faded film'),
      await black('fade it'),
      await black('strong matte look'),
    ];
    expect(slight).toBeLessThan(usual);
    expect(usual).toBeLessThan(strong);
  });

  it('keeps the order of tones at every strength', () => {
    const channel = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(channel, channel, fc.double({ min: 0, max: 2.5, noNaN: true }), (x, y, by) => {
        if (fade.work.kind !== 'colour') throw new Error('It is a change of color.');
        const stage = fade.work.stage({ strength: by });
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(changed(stage, [low, low, low])[0]).toBeLessThanOrEqual(
          changed(stage, [high, high, high])[0] + 1e-6,
        );
      }),
    );
  });

  it('keeps to its region, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'fade it in the left half'));
    expect(await pixelAt(image, 400, 262)).toEqual(await pixelAt(photo, 400, 262));
    expect((await develop(await halfTransparent(), 'fade it')).stopReason).toBe('success');
  });

  it('says so where nothing is dark', async () => {
    const { thought } = await develop(await plain('#e0e0e0'), 'matte look');
    expect(thought?.kind === 'question' && thought.text).toContain('no dark tones');
  });
});
