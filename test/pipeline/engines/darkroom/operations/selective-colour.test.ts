import { describe, expect, it } from 'vitest';

import { halfTransparent, lchOf, pixelAt, PLACES } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

const GREY_NOW = ['sky', 'grass', 'bush'] as const;

describe('selective color', () => {
  it.each(['everything grey but the red', 'keep only the red in color', 'sin city red'])(
    '%s: keeps that color to the bit and takes all others out',
    async (request) => {
      const photo = await makePhoto();
      const result = await develop(photo, request);
      expect(result.stopReason).toBe('success');
      const { image } = answer(result);
      expect(await pixelAt(image, ...PLACES.roof)).toEqual(await pixelAt(photo, ...PLACES.roof));
      for (const place of GREY_NOW) {
        const before = lchOf(await pixelAt(photo, ...PLACES[place]));
        const after = lchOf(await pixelAt(image, ...PLACES[place]));
        expect(after.chroma).toBeLessThan(2);
        expect(Math.abs(after.lightness - before.lightness)).toBeLessThan(2);
      }
    },
  );

  it('keeps two colors', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'black and white except red and yellow'));
    expect(lchOf(await pixelAt(image, ...PLACES.roof)).chroma).toBeGreaterThan(30);
    expect(lchOf(await pixelAt(image, ...PLACES.bush)).chroma).toBeGreaterThan(30);
    expect(lchOf(await pixelAt(image, ...PLACES.grass)).chroma).toBeLessThan(2);
  });

  it('picks the most striking color where none is named', async () => {
    const { rounds } = await develop(await makePhoto(), 'color splash');
    expect(rounds[0]?.instruction).toMatch(/but for what is (?:red|yellow|green)/);
  });

  it.each<Conditions>([{ stops: -1.5 }, { contrast: 0.6 }, { stops: 0.7 }])(
    'does so on other pictures: %o',
    async (conditions) => {
      const result = await develop(await makePhoto(conditions), 'everything grey but the red');
      expect(result.stopReason).toBe('success');
    },
  );

  it('keeps to a part of the picture, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(
      await develop(photo, 'black and white except the green in the bottom half'),
    );
    expect(await pixelAt(image, ...PLACES.sky)).toEqual(await pixelAt(photo, ...PLACES.sky));
    expect(lchOf(await pixelAt(image, ...PLACES.bush)).chroma).toBeLessThan(8);
    const holes = await develop(await halfTransparent(), 'everything grey but the green');
    expect(holes.stopReason).toBe('success');
  });

  it('leaves the picture as it is where the color is not to be found', async () => {
    for (const [request, saturation] of [
      ['keep only the purple in color', 1],
      ['keep only the red in color', 0],
    ] as const) {
      const { thought, rounds } = await develop(await makePhoto({ saturation }), request);
      expect(rounds).toEqual([]);
      expect(thought?.kind === 'question' && thought.text).toMatch(/nothing|no color/);
    }
  });
});
