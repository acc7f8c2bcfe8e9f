import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf } from '../../../../support/pixel-access.ts';

describe('rounded corners', () => {
  it('are transparent with nothing left in them, and the middle is as it was', async () => {
    const photo = await makePhoto();
    const result = await develop(photo, 'rounded corners 40px');
    expect(result.stopReason).toBe('success');
    expect(result.thought).toMatchObject({ format: 'png' });
    const bitmap = await bitmapOf(answer(result).image);
    const source = await bitmapOf(photo);
    expect([bitmap.width, bitmap.height]).toEqual([480, 320]);
    for (const x of [0, 479])
      for (const y of [0, 319]) expect(bitmap.at(x, y)).toEqual([0, 0, 0, 0]);
    for (const [x, y] of [
      [40, 0],
      [0, 40],
      [240, 160],
      [12, 12],
    ] as const) {
      expect(bitmap.at(x, y)).toEqual(source.at(x, y));
    }
    expect(bitmap.at(11, 11)[3]).toBeGreaterThan(0);
    expect(bitmap.at(8, 8)[3]).toBe(0);
  });

  it('make a circle of a square', async () => {
    const result = await develop(await makePhoto(), 'make it a circle');
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect([bitmap.width, bitmap.height]).toEqual([320, 320]);
    for (let degrees = 0; degrees < 360; degrees += 15) {
      const angle = (degrees * Math.PI) / 180;
      const alphaAt = (radius: number) =>
        bitmap.at(
          Math.floor(160 + radius * Math.cos(angle)),
          Math.floor(160 + radius * Math.sin(angle)),
        )[3];
      expect(alphaAt(156)).toBe(255);
      if (degrees % 90 !== 0) expect(alphaAt(163)).toBe(0);
    }
  });

  it('do not disturb what is measured of what still shows', async () => {
    const photo = await makePhoto({ stops: -1.2 });
    for (const request of ['make it brighter and cut it to a circle', 'sepia, round the corners']) {
      const result = await develop(photo, request);
      expect([request, result.stopReason]).toEqual([request, 'success']);
    }
  });

  it('keep the format of a file that holds transparency', async () => {
    const { thought } = await develop(
      await encoded(sharp((await makePhoto()).bytes), 'webp'),
      'round the corners',
    );
    expect(thought).not.toHaveProperty('format');
  });

  it('cut a frame as well', async () => {
    const result = await develop(await makePhoto(), 'white border and rounded corners of 60px');
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect(bitmap.at(0, 0)[3]).toBe(0);
    expect(bitmap.at(240, 2)).toEqual([255, 255, 255, 255]);
  });
});
