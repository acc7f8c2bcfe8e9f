import { describe, expect, it } from 'vitest';

import { fill } from '../../../../../src/pipeline/engines/darkroom/operations/fill.ts';
import { changed, halfTransparent, pixelAt, PLACES } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

describe('fill', () => {
  it.each<Conditions>([{}, { stops: -2 }, { contrast: 0.3 }, { saturation: 0 }])(
    'covers a part with one color and leaves the rest to the bit: %o',
    async (conditions) => {
      const photo = await makePhoto(conditions);
      const result = await develop(photo, 'fill the top half with #ff8800');
      expect(result.stopReason).toBe('success');
      const { image } = answer(result);
      expect(await pixelAt(image, ...PLACES.sky)).toEqual([255, 136, 0]);
      expect(await pixelAt(image, ...PLACES.bush)).toEqual(await pixelAt(photo, ...PLACES.bush));
    },
  );

  it('is touched by no other change of color', async () => {
    const { image } = answer(
      await develop(await makePhoto(), 'fill the top half with #ff8800 and make it brighter'),
    );
    expect(await pixelAt(image, ...PLACES.sky)).toEqual([255, 136, 0]);
  });

  it('takes names, shades and numbers for its color', () => {
    if (fill.work.kind !== 'colour') throw new Error('It is a change of color.');
    for (const [color, expected] of [
      ['white', [1, 1, 1]],
      ['#08f', [0, 136 / 255, 1]],
      ['gray', [128 / 255, 128 / 255, 128 / 255]],
    ] as const) {
      for (const [index, value] of changed(fill.work.stage({ color }), [0.2, 0.4, 0.6]).entries()) {
        expect(value).toBeCloseTo(expected[index] ?? 0, 5);
      }
    }
    const [dark] = changed(fill.work.stage({ color: 'dark red' }), [0, 0, 0]);
    const [plain] = changed(fill.work.stage({ color: 'red' }), [0, 0, 0]);
    expect(dark).toBeLessThan(plain);
  });

  it('takes transparency', async () => {
    const result = await develop(await halfTransparent(), 'fill the bottom third with white');
    expect(result.stopReason).toBe('success');
  });

  it('does not cover the whole picture', async () => {
    const { thought, rounds } = await develop(await makePhoto(), 'fill it with red');
    expect(rounds).toEqual([]);
    expect(thought?.kind === 'question' && thought.text).toContain('nothing of the picture');
  });
});
