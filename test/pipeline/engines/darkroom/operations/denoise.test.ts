import { describe, expect, it } from 'vitest';

import {
  colourNoiseOf,
  noiseOf,
} from '../../../../../src/pipeline/engines/darkroom/measure/noise.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import {
  encodePixels,
  openImage,
  toPixels,
} from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { drawn, noisy } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

const noisyPhoto = async (width: number) => {
  const photo = await makePhoto({ width, height: (width * 2) / 3 });
  return encodePixels(noisy(await toPixels((await openImage(photo)).sharp, false), 10, 8));
};

describe('denoise', () => {
  it.each([480, 2400])('smooths noise away and keeps edges, %d pixels wide', async (width) => {
    const image = await noisyPhoto(width);
    const result = await develop(image, 'remove the noise');
    expect(result.stopReason).toBe('success');
    const round = answer(result);
    const [before, after] = [await photoOf(image), await photoOf({ ...round.image })];
    expect(noiseOf(after).lightness).toBeLessThan(0.55 * noiseOf(before).lightness);
    expect(colourNoiseOf(after)).toBeLessThan(0.6 * colourNoiseOf(before));
    expect(round.instruction).toContain(
      'the steepness of edges compared with before is at least 85 %',
    );
  });

  it('does more when more is asked for', async () => {
    const image = await noisyPhoto(480);
    const left = async (request: string) =>
      noiseOf(await photoOf({ ...answer(await develop(image, request)).image })).lightness;
    expect(await left('remove a lot of the noise')).toBeLessThan(
      0.8 * (await left('reduce the noise slightly')),
    );
  });

  it('can be asked of a part, and leaves the rest exactly', async () => {
    const result = await develop(await noisyPhoto(480), 'denoise the top half');
    expect(result.stopReason).toBe('success');
    expect(answer(result).instruction).toContain('Reduce the noise of the top half');
  });

  it('says that there is none', async () => {
    const clean = await encodePixels(
      await drawn(
        400,
        300,
        '<rect width="400" height="300" fill="#89a"/><circle cx="200" cy="150" r="80" fill="#543"/>',
      ),
    );
    const result = await develop(clean, 'denoise it');
    expect(said(result)).toContain('no noise to take away');
  });
});
