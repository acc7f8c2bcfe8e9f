import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { hazeOf } from '../../../../../src/pipeline/engines/darkroom/measure/haze.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { statisticsOf } from '../../../../../src/pipeline/engines/darkroom/measure/statistics.ts';
import {
  encodePixels,
  openImage,
  toPixels,
} from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { drawn } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

async function hazyPhoto(): Promise<EncodedImage> {
  const pixels = await toPixels((await openImage(await makePhoto())).sharp, false);
  return encodePixels({ ...pixels, data: pixels.data.map((value) => value * 0.55 + 215 * 0.45) });
}

const percentOf = async (image: EncodedImage) => hazeOf(await photoOf({ ...image })).percent;

describe('dehaze', () => {
  it.each(['remove the haze', 'it looks hazy', 'less fog'])('%s', async (request) => {
    const image = await hazyPhoto();
    const result = await develop(image, request);
    expect(result.stopReason).toBe('success');
    const { image: clear } = answer(result);
    expect(await percentOf(clear)).toBeLessThan(0.65 * (await percentOf(image)));
    const [before, after] = [await photoOf(image), await photoOf({ ...clear })];
    expect(statisticsOf(after).meanChroma).toBeGreaterThan(statisticsOf(before).meanChroma);
    expect(statisticsOf(after).lightnessSpread).toBeGreaterThan(
      statisticsOf(before).lightnessSpread,
    );
  });

  it.each([
    ['add a little haze', 8, 30],
    ['make it foggy', 20, 60],
    ['add dense fog', 30, 85],
  ])('%s', async (request, least, most) => {
    const image = await makePhoto();
    const result = await develop(image, request);
    expect(result.stopReason).toBe('success');
    const more = (await percentOf(answer(result).image)) - (await percentOf(image));
    expect(more).toBeGreaterThan(least);
    expect(more).toBeLessThan(most);
  });

  it('meets the goals of all steps of a request, fog included', async () => {
    const result = await develop(await makePhoto(), 'warmer, more contrast and add some fog');
    expect(result.stopReason).toBe('success');
  });

  it('says that the air is clear', async () => {
    const clear = await encodePixels(
      await drawn(
        300,
        200,
        '<rect width="300" height="200" fill="#a00800"/><rect width="150" height="200" fill="#003080"/>',
      ),
    );
    const result = await develop(clear, 'remove the haze');
    expect(said(result)).toContain('clear already');
  });
});
