import { describe, expect, it } from 'vitest';

import { localContrastOf } from '../../../../../src/pipeline/engines/darkroom/measure/local-contrast.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { statisticsOf } from '../../../../../src/pipeline/engines/darkroom/measure/statistics.ts';
import { encodePixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { painted } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

async function change(request: string): Promise<number> {
  const image = await makePhoto();
  const result = await develop(image, request);
  expect(result.stopReason).toBe('success');
  const [before, after] = [await photoOf(image), await photoOf({ ...answer(result).image })];
  const [was, is] = [statisticsOf(before), statisticsOf(after)];
  expect(Math.abs(is.medianLightness - was.medianLightness)).toBeLessThan(2.5);
  expect(is.meanChroma / was.meanChroma).toBeGreaterThan(0.9);
  expect(is.meanChroma / was.meanChroma).toBeLessThan(1.15);
  return localContrastOf(after) / localContrastOf(before);
}

describe('clarity', () => {
  it('raises local contrast and leaves brightness and colors', async () => {
    const usual = await change('more clarity');
    expect(usual).toBeGreaterThan(1.12);
    expect(await change('a bit more structure')).toBeLessThan(usual);
    expect(await change('a lot more local contrast')).toBeGreaterThan(usual);
  });

  it('lowers it', async () => {
    expect(await change('less clarity')).toBeLessThan(0.92);
  });

  it('says that a single tone has no structure', async () => {
    const grey = await encodePixels(painted({ width: 200, height: 150 }, () => [0.5, 0.5, 0.5]));
    const result = await develop(grey, 'more clarity');
    expect(said(result)).toContain('no structure');
  });
});
