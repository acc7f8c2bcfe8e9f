import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { leanTo } from '../../../../../src/pipeline/engines/darkroom/measure/tone-tint.ts';
import { WHOLE } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { tint } from '../../../../../src/pipeline/engines/darkroom/operations/tint.ts';
import type { EncodedImage } from '../../../../../src/image/types.ts';
import {
  changed,
  halfTransparent,
  measured,
  pixelAt,
  PLACES,
  plain,
} from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

const lean = async (image: EncodedImage, color: string) =>
  leanTo({ edited: await photoOf({ ...image }), area: WHOLE }, color, 'all');

describe('tint', () => {
  it.each<[request: string, color: string, sign: 1 | -1]>([
    ['add a purple tint', 'purple', 1],
    ['give it a blue wash', 'blue', 1],
    ['tint it orange', 'orange', 1],
    ['more teal', 'teal', 1],
    ['make it green', 'green', 1],
    ['too green', 'green', -1],
    ['less magenta', 'magenta', -1],
    ['tint +20', 'magenta', 1],
    ['tint -20', 'green', 1],
  ])('%s', async (request, color, sign) => {
    const photo = await makePhoto();
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const change = (await lean(answer(result).image, color)) - (await lean(photo, color));
    expect(change * sign).toBeGreaterThan(3);
    const { medianLightness } = await measured(photo);
    const after = await measured(answer(result).image);
    expect(Math.abs(after.medianLightness - medianLightness)).toBeLessThan(6);
  });

  it.each<Conditions>([{ stops: -2 }, { contrast: 0.3 }, { saturation: 0 }, { stops: 1.5 }])(
    'takes hold of dark, flat, grey and bright pictures: %o',
    async (conditions) => {
      const result = await develop(await makePhoto(conditions), 'add a purple tint');
      expect(result.stopReason).toBe('success');
    },
  );

  it('is stronger the stronger the words', async () => {
    const photo = await makePhoto();
    const of = async (request: string) =>
      lean(answer(await develop(photo, request)).image, 'purple');
    const subtle = await of('a subtle purple tint');
    const usual = await of('a purple tint');
    const strong = await of('a strong purple tint');
    expect(subtle).toBeLessThan(usual);
    expect(usual).toBeLessThan(strong);
  });

  it('leaves what is not in the region alone', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'add a purple tint to the top half'));
    expect(await pixelAt(image, ...PLACES.bush)).toEqual(await pixelAt(photo, ...PLACES.bush));
    expect(await pixelAt(image, ...PLACES.sky)).not.toEqual(await pixelAt(photo, ...PLACES.sky));
  });

  it('works on what can be seen of a picture with holes', async () => {
    expect((await develop(await halfTransparent(), 'tint it orange')).stopReason).toBe('success');
  });

  it('keeps black and white, whatever the color and its strength', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('red', 'teal', 'purple', '#80ff00'),
        fc.double({ min: -60, max: 60, noNaN: true }),
        (color, strength) => {
          if (tint.work.kind !== 'colour') throw new Error('It is a change of color.');
          const stage = tint.work.stage({ color, strength });
          for (const value of changed(stage, [0, 0, 0])) expect(value).toBeCloseTo(0, 5);
          for (const value of changed(stage, [1, 1, 1])) expect(value).toBeCloseTo(1, 5);
        },
      ),
    );
  });

  it('says that white takes none', async () => {
    const { thought } = await develop(await plain('#ffffff'), 'tint it orange');
    expect(thought?.kind === 'question' && thought.text).toContain('no tint');
  });
});
