import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf } from '../../../../support/pixel-access.ts';

describe('pad', () => {
  it.each([
    ['pad it to square', 480, 480, [255, 255, 255, 255]],
    ['add black bars to make it 16:9', 569, 320, [0, 0, 0, 255]],
    ['pad to 1:1 with #ff8800', 480, 480, [255, 136, 0, 255]],
    ['make it square with a transparent background', 480, 480, [0, 0, 0, 0]],
    ['pad this to 600x600 with black bars', 600, 600, [0, 0, 0, 255]],
  ] as const)('%s: exact size, and bars of the color', async (request, width, height, color) => {
    const result = await develop(await makePhoto(), request);
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect([bitmap.width, bitmap.height]).toEqual([width, height]);
    for (const x of [0, width - 1])
      for (const y of [0, height - 1]) {
        expect(bitmap.at(x, y)).toEqual(color);
      }
  });

  it('leaves every pixel of the picture as it was', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'make it square without cropping'));
    const cut = await sharp(image.bytes)
      .extract({ left: 0, top: 80, width: 480, height: 320 })
      .raw()
      .toBuffer();
    expect(cut.equals(await sharp(photo.bytes).raw().toBuffer())).toBe(true);
  });

  it('fills with a blurred copy that has the picture’s colors and none of its detail', async () => {
    const photo = await makePhoto();
    const request = 'fit it into 500x500 with a blurred background';
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect([image.width, image.height]).toEqual([500, 500]);
    const bar = sharp(image.bytes).extract({ left: 0, top: 0, width: 500, height: 80 });
    const { channels } = await sharp(await bar.png().toBuffer()).stats();
    const [red, , blue] = channels.map(({ mean }) => mean);
    expect(blue ?? 0).toBeGreaterThan(red ?? 0);
    expect(answer(result).reflection?.critique).toContain('detail of the bars');
  });

  it('carries on the edges without a seam', async () => {
    for (const fill of ['mirrored', 'extended']) {
      const result = await develop(await makePhoto(), `pad it to square with ${fill} edges`);
      expect(result.stopReason).toBe('success');
      const bitmap = await bitmapOf(answer(result).image);
      const [above, below] = [bitmap.at(240, 79), bitmap.at(240, 80)];
      expect(Math.abs(above[0] - below[0])).toBeLessThan(24);
    }
  });

  it('pads where cropping is not wanted, and says so where there is nothing to pad', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, "make it 4:5, but don't crop it"));
    expect([image.width, image.height]).toEqual([480, 600]);
    const square = await encoded(sharp(photo.bytes).resize(320, 320), 'png');
    const { thought } = await develop(square, 'pad it to square');
    expect(thought).toMatchObject({ kind: 'question', text: expect.stringContaining('no bars') });
  });
});
