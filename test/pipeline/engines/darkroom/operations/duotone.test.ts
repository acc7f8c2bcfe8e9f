import { describe, expect, it } from 'vitest';

import {
  halfTransparent,
  lchOf,
  measured,
  pixelAt,
  PLACES,
  plain,
} from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

/** The smallest turn between two hue angles, degrees. */
const between = (one: number, other: number) => Math.abs(((one - other + 540) % 360) - 180);

describe('duotone', () => {
  it('draws dark tones in the darker color and light ones in the lighter', async () => {
    const photo = await makePhoto();
    for (const request of ['duotone in blue and orange', 'orange and blue duotone']) {
      const result = await develop(photo, request);
      expect(result.stopReason).toBe('success');
      const { image } = answer(result);
      const door = lchOf(await pixelAt(image, ...PLACES.door));
      const sun = lchOf(await pixelAt(image, 390, 60));
      expect(between(door.hue, 290)).toBeLessThan(25);
      expect(between(sun.hue, 65)).toBeLessThan(25);
      expect(sun.lightness).toBeGreaterThan(door.lightness + 30);
    }
  });

  it.each<Conditions>([{ stops: -2.5 }, { contrast: 0.25 }, { saturation: 0 }, { stops: 1.5 }])(
    'spreads the two colors over whatever tones there are: %o',
    async (conditions) => {
      const photo = await makePhoto(conditions);
      const result = await develop(photo, 'duotone');
      expect(result.stopReason).toBe('success');
      const after = await measured(answer(result).image);
      expect(after.strongestChroma).toBeGreaterThan(15);
      expect(after.lightTones - after.darkTones).toBeGreaterThan(10);
    },
  );

  it('takes the tones for which each color is named', async () => {
    const { rounds } = await develop(
      await makePhoto(),
      'duotone with yellow shadows and navy highlights',
    );
    expect(rounds[0]?.instruction).toMatch(/from yellow at .* to navy/);
  });

  it('keeps to its region, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'duotone on the left half'));
    expect(await pixelAt(image, 400, 262)).toEqual(await pixelAt(photo, 400, 262));
    expect((await develop(await halfTransparent(), 'duotone')).stopReason).toBe('success');
  });

  it('says so where there is but one tone', async () => {
    const { thought } = await develop(await plain('#808080'), 'duotone');
    expect(thought?.kind === 'question' && thought.text).toContain('one tone');
  });
});

describe('split toning', () => {
  it('tones shadows and highlights each in its color and keeps the colors that are there', async () => {
    const photo = await makePhoto();
    const result = await develop(photo, 'teal shadows and orange highlights');
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    const lean = async (place: readonly [number, number]) => {
      const [red, , blue] = await pixelAt(image, ...place);
      const [redBefore, , blueBefore] = await pixelAt(photo, ...place);
      return red - blue - (redBefore - blueBefore);
    };
    expect(await lean(PLACES.door)).toBeLessThan(-4);
    expect(await lean([390, 60])).toBeGreaterThan(4);
    expect(lchOf(await pixelAt(image, ...PLACES.roof)).hue).toBeLessThan(60);
  });

  it.each<Conditions>([{ stops: -1.5 }, { contrast: 0.5 }, { saturation: 0 }])(
    'is done on unusual pictures: %o',
    async (conditions) => {
      const result = await develop(await makePhoto(conditions), 'split toning');
      expect(result.stopReason).toBe('success');
    },
  );

  it('says so where there are no two tones', async () => {
    const { thought } = await develop(await plain('#808080'), 'split toning');
    expect(thought?.kind === 'question' && thought.text).toContain('dark and light tones');
  });
});
