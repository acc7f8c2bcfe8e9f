import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf } from '../../../../support/pixel-access.ts';

describe('border', () => {
  it.each([
    ['20px red border', 520, 360, 20, [214, 32, 32, 255]],
    ['add a 10% black border', 544, 384, 32, [0, 0, 0, 255]],
    ['put a 7px frame in #336699 around it', 494, 334, 7, [51, 102, 153, 255]],
  ] as const)('%s', async (request, width, height, thickness, color) => {
    const photo = await makePhoto();
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect([bitmap.width, bitmap.height]).toEqual([width, height]);
    const source = await bitmapOf(photo);
    for (const [x, y] of [
      [0, 0],
      [thickness - 1, height / 2],
      [width - thickness, 5],
    ] as const) {
      expect(bitmap.at(x, y)).toEqual(color);
    }
    expect(bitmap.at(thickness, thickness)).toEqual(source.at(0, 0));
    expect(bitmap.at(width - thickness - 1, height - thickness - 1)).toEqual(source.at(479, 319));
  });

  it('is wider below a polaroid', async () => {
    const result = await develop(await makePhoto(), 'make it look like a polaroid');
    const { image, instruction } = answer(result);
    expect(result.stopReason).toBe('success');
    const [, top = '', bottom = ''] =
      /with (\d+) px at the top.* (\d+) px at the bottom/.exec(instruction) ?? [];
    expect(Number(bottom)).toBeGreaterThan(2.5 * Number(top));
    expect((await bitmapOf(image)).at(240, image.height - 1)).toEqual([255, 255, 255, 255]);
  });

  it('leaves the size that was asked for to the whole file', async () => {
    const result = await develop(await makePhoto(), '300x300 with a white border');
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect([image.width, image.height]).toEqual([300, 300]);
    expect((await bitmapOf(image)).at(0, 150)).toEqual([255, 255, 255, 255]);
  });

  it('goes around what bars have made, and nowhere it was not asked for', async () => {
    const both = answer(
      await develop(await makePhoto(), 'pad it to square and add a 10px black border'),
    );
    expect([both.image.width, both.image.height]).toEqual([500, 500]);
    const sides = answer(await develop(await makePhoto(), '10px white border at the bottom'));
    expect([sides.image.width, sides.image.height]).toEqual([480, 330]);
  });

  it('does not disturb what is measured of the picture within', async () => {
    for (const size of [480, 2400]) {
      const photo = await makePhoto({ width: size, height: (size * 2) / 3, stops: -1 });
      const requests = [
        "black and white, thick white border, caption 'x'",
        'a lot brighter and warmer with a thick red frame',
        'more contrast, polaroid',
      ];
      for (const request of requests) {
        const result = await develop(photo, request);
        expect([request, result.stopReason]).toEqual([request, 'success']);
        expect(answer(result).reflection?.critique).not.toContain('missed');
      }
    }
  });

  it('keeps 16 bits and transparency', async () => {
    const photo = await makePhoto();
    const deep = await sharp(photo.bytes).toColourspace('rgb16').png().toBuffer();
    const { image } = answer(await develop({ ...photo, bytes: deep }, 'add a 10px white border'));
    expect((await sharp(image.bytes).metadata()).depth).toBe('ushort');
    expect((await bitmapOf(image)).at(2, 2)).toEqual([255, 255, 255, 255]);

    const clear = await encoded(
      sharp({ create: { width: 50, height: 50, channels: 4, background: '#ff000000' } }),
      'png',
    );
    const framed = await bitmapOf(answer(await develop(clear, 'add a 5px black border')).image);
    expect(framed.at(2, 2)).toEqual([0, 0, 0, 255]);
    expect(framed.at(30, 30)[3]).toBe(0);
  });
});
