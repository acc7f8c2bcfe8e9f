import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { falloffOf } from '../../../../../src/pipeline/engines/darkroom/measure/falloff.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { statisticsOf } from '../../../../../src/pipeline/engines/darkroom/measure/statistics.ts';
import {
  encodePixels,
  openImage,
  toPixels,
} from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { vignette } from '../../../../../src/pipeline/engines/darkroom/pixels/vignette.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { CALL } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

async function develops(image: EncodedImage, request: string) {
  const result = await develop(image, request);
  expect(result.stopReason).toBe('success');
  return photoOf({ ...answer(result).image });
}

describe('vignette', () => {
  it.each(['add a vignette', 'darken the corners'])('%s', async (request) => {
    const image = await makePhoto();
    const before = await photoOf(image);
    const after = await develops(image, request);
    expect(falloffOf(after).corners - falloffOf(before).corners).toBeGreaterThan(8);
    expect(falloffOf(after).edges).toBeGreaterThan(falloffOf(before).edges);
    expect(Math.abs(falloffOf(after).center - falloffOf(before).center)).toBeLessThan(2);
  });

  it('is as strong as the words for it', async () => {
    const image = await makePhoto();
    const falloffs: number[] = [];
    for (const request of ['a subtle vignette', 'add a vignette', 'add a strong vignette']) {
      falloffs.push(falloffOf(await develops(image, request)).corners);
    }
    expect(falloffs).toEqual(falloffs.toSorted((one, other) => one - other));
    expect((falloffs[2] ?? 0) - (falloffs[0] ?? 0)).toBeGreaterThan(6);
  });

  it('takes a vignette away again', async () => {
    const pixels = await toPixels((await openImage(await makePhoto())).sharp, false);
    const shaded = await encodePixels(await vignette(pixels, { stops: 1.6 }, CALL));
    const before = await photoOf(shaded);
    const after = await develops(shaded, 'remove the vignette');
    expect(falloffOf(after).corners).toBeLessThan(0.5 * falloffOf(before).corners);
    expect(statisticsOf(after).clippedHighlights).toBeLessThan(
      statisticsOf(before).clippedHighlights + 2,
    );
  });
});
