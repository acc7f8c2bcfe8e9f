import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { solarize } from '../../../../../src/pipeline/engines/darkroom/operations/solarize.ts';
import {
  changed,
  halfTransparent,
  lchOf,
  pixelAt,
  PLACES,
  plain,
} from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

describe('solarize', () => {
  it('turns the light tones round and keeps the dark ones dark', async () => {
    const photo = await makePhoto();
    const result = await develop(photo, 'solarize it');
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    const light = async (x: number, y: number) => lchOf(await pixelAt(image, x, y)).lightness;
    expect(await light(390, 60)).toBeLessThan(await light(...PLACES.wall));
    expect(await light(...PLACES.door)).toBeLessThan(await light(...PLACES.rock));
  });

  it.each<Conditions>([{ stops: -2.5 }, { contrast: 0.3 }, { saturation: 0 }, { stops: 1.5 }])(
    'finds its threshold among the tones of other pictures: %o',
    async (conditions) => {
      expect((await develop(await makePhoto(conditions), 'solarize')).stopReason).toBe('success');
    },
  );

  it('never leaves the range, and rises to its threshold and falls from there', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.2, max: 0.7, noNaN: true }), (x, y, from) => {
        if (solarize.work.kind !== 'colour') throw new Error('It is a change of color.');
        const stage = solarize.work.stage({ threshold: from });
        const tone = (value: number) => changed(stage, [value, value, value])[0];
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        for (const value of [tone(low), tone(high)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        if (high <= from) expect(tone(low)).toBeLessThanOrEqual(tone(high));
        if (low > from) expect(tone(low)).toBeGreaterThanOrEqual(tone(high));
      }),
    );
  });

  it('keeps to its region, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'solarize the top half'));
    expect(await pixelAt(image, ...PLACES.bush)).toEqual(await pixelAt(photo, ...PLACES.bush));
    expect((await develop(await halfTransparent(), 'solarize')).stopReason).toBe('success');
  });

  it('says so where all tones are one', async () => {
    const { thought } = await develop(await plain('#808080'), 'solarize');
    expect(thought?.kind === 'question' && thought.text).toContain('no light tones');
  });
});
