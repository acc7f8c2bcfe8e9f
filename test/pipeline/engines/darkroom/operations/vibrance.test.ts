import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { vibrance } from '../../../../../src/pipeline/engines/darkroom/operations/vibrance.ts';
import { changed, lchOf, measured, plain } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

const stage = (strength: number) => {
  if (vibrance.work.kind !== 'colour') throw new Error('It is a change of color.');
  return vibrance.work.stage({ strength });
};
const channel = fc.integer({ min: 0, max: 255 }).map((value) => value / 255);
const saturation = (rgb: readonly number[]) => {
  const [highest, lowest] = [Math.max(...rgb), Math.min(...rgb)];
  return highest === 0 ? 0 : (highest - lowest) / highest;
};

describe('vibrance', () => {
  it.each<Conditions>([{ saturation: 0.5 }, {}, { stops: -2 }, { contrast: 0.4 }])(
    'strengthens muted colors more than strong ones: %o',
    async (conditions) => {
      const photo = await makePhoto(conditions);
      const result = await develop(photo, 'more vibrance');
      expect(result.stopReason).toBe('success');
      const [before, after] = [await measured(photo), await measured(answer(result).image)];
      const muted = after.mutedChroma / before.mutedChroma;
      expect(muted).toBeGreaterThan(1.15);
      expect(after.strongestChroma / before.strongestChroma).toBeLessThan(muted);
    },
  );

  it('grows with the words for it', async () => {
    const photo = await makePhoto({ saturation: 0.5 });
    const chroma = async (request: string) =>
      (await measured(answer(await develop(photo, request)).image)).mutedChroma;
    const [less, before, little, more, much] = [
      await chroma('less vibrance'),
      (await measured(photo)).mutedChroma,
      await chroma('slightly more vibrance'),
      await chroma('more vibrance'),
      await chroma('a lot more vibrance'),
    ];
    expect([less, before, little, more, much]).toEqual(
      [less, before, little, more, much].toSorted((one, other) => one - other),
    );
  });

  it('leaves skin nearer to what it was than other muted colors', () => {
    const growth = (rgb: [number, number, number]) => {
      const after = changed(stage(1), [rgb[0] / 255, rgb[1] / 255, rgb[2] / 255]);
      const scaled = after.map((value) => value * 255) as [number, number, number];
      return lchOf(scaled).chroma / lchOf(rgb).chroma;
    };
    for (const skin of [
      [224, 180, 154],
      [141, 96, 74],
    ] as [number, number, number][]) {
      expect(growth(skin)).toBeLessThan(growth([154, 180, 224]) * 0.95);
    }
  });

  it('never leaves the gamut, keeps greys and the order of saturation', () => {
    fc.assert(
      fc.property(
        channel,
        channel,
        channel,
        fc.double({ min: -1, max: 2.5, noNaN: true }),
        (r, g, b, by) => {
          const after = changed(stage(by), [r, g, b]);
          for (const value of after) {
            expect(value).toBeGreaterThanOrEqual(-1e-5);
            expect(value).toBeLessThanOrEqual(1 + 1e-5);
          }
          if (by >= 0) expect(saturation(after)).toBeGreaterThan(saturation([r, g, b]) - 1e-4);
        },
      ),
    );
    fc.assert(
      fc.property(channel, (grey) => {
        for (const value of changed(stage(1.5), [grey, grey, grey])) {
          expect(value).toBeCloseTo(grey, 5);
        }
      }),
    );
  });

  it('says so where there is no color', async () => {
    for (const grey of [await makePhoto({ saturation: 0 }), await plain('#777777')]) {
      const { thought } = await develop(grey, 'boost the vibrance');
      if (thought?.kind === 'plan') continue; // Grain may leave a trace of color.
      expect(thought).toMatchObject({ kind: 'question' });
      expect(thought?.kind === 'question' && thought.text).toContain('vibrance');
    }
  });
});
