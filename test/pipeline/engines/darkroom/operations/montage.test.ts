import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf, type Rgba } from '../../../../support/pixel-access.ts';

const patch = (background: string, width: number, height: number): Promise<EncodedImage> =>
  encoded(sharp({ create: { width, height, channels: 3, background } }), 'png');

const RED: Rgba = [255, 0, 0, 255];
const GREEN: Rgba = [0, 255, 0, 255];
const BLUE: Rgba = [0, 0, 255, 255];
const WHITE: Rgba = [255, 255, 255, 255];

describe('montage', () => {
  it('puts pictures side by side at one height, none of them cropped', async () => {
    const pictures = [await patch('#00f', 50, 200)];
    const result = await develop(
      await patch('#f00', 200, 100),
      'put them side by side with a 10px white gap',
      { references: pictures },
    );
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    // 200 high: 400 and 50 wide, with 10 around and between.
    expect([bitmap.width, bitmap.height]).toEqual([480, 220]);
    expect(bitmap.at(15, 110)).toEqual(RED);
    expect(bitmap.at(405, 110)).toEqual(RED);
    expect(bitmap.at(414, 110)).toEqual(WHITE);
    expect(bitmap.at(450, 110)).toEqual(BLUE);
  });

  it('stacks them at one width', async () => {
    const result = await develop(await patch('#f00', 200, 100), 'stack them with no gaps', {
      references: [await patch('#0f0', 100, 100)],
    });
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect([bitmap.width, bitmap.height]).toEqual([200, 300]);
    expect(bitmap.at(100, 50)).toEqual(RED);
    expect(bitmap.at(100, 250)).toEqual(GREEN);
  });

  it('makes a grid of equal tiles, the last of them in the middle', async () => {
    const others = [await patch('#0f0', 100, 100), await patch('#00f', 100, 100)];
    const result = await develop(
      await patch('#f00', 100, 100),
      'make a 2x2 grid of these with a 4px black gap',
      { references: others },
    );
    expect(result.stopReason).toBe('success');
    const bitmap = await bitmapOf(answer(result).image);
    expect([bitmap.width, bitmap.height]).toEqual([212, 212]);
    expect(bitmap.at(50, 50)).toEqual(RED);
    expect(bitmap.at(150, 50)).toEqual(GREEN);
    expect(bitmap.at(105, 150)).toEqual(BLUE);
    for (const [x, y] of [
      [105, 50],
      [20, 150],
      [190, 150],
    ] as const) {
      expect(bitmap.at(x, y)).toEqual([0, 0, 0, 255]);
    }

    const collage = answer(
      await develop(await patch('#f00', 100, 100), 'a collage', { references: others }),
    );
    const filled = await bitmapOf(collage.image);
    expect(filled.at(10, filled.height - 20)).toEqual(BLUE);
    expect(filled.at(filled.width - 10, filled.height - 20)).toEqual(BLUE);
  });

  it('goes on with the whole of it, also when the pictures are large', async () => {
    const photo = await makePhoto({ width: 1500, height: 1000 });
    const other = await makePhoto({ width: 900, height: 1200, stops: -1 });
    const request = 'put them side by side, black and white, with a white border';
    const result = await develop(photo, request, { references: [other] });
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    // 1800 and 900 wide at 1200 high, gaps of 15 and a border of 49.
    expect([image.width, image.height]).toEqual([2745 + 98, 1230 + 98]);
    expect((await bitmapOf(image)).at(2, 2)).toEqual(WHITE);
  });

  it('keeps 16 bits and transparency', async () => {
    const photo = await makePhoto();
    const deep = {
      ...photo,
      bytes: await sharp(photo.bytes).toColourspace('rgb16').png().toBuffer(),
    };
    const clear = await encoded(
      sharp({ create: { width: 60, height: 60, channels: 4, background: '#00ff0000' } }),
      'png',
    );
    const { image } = answer(await develop(deep, 'side by side', { references: [clear] }));
    const metadata = await sharp(image.bytes).metadata();
    expect(metadata).toMatchObject({ depth: 'ushort', hasAlpha: true });
  });

  it('says so when only one picture came', async () => {
    const { thought } = await develop(await makePhoto(), 'put these side by side');
    expect(thought).toMatchObject({
      kind: 'question',
      text: expect.stringContaining('Only one picture'),
    });
  });

  it('is the one use of further pictures, and anything else says that it leaves them', async () => {
    const photo = await makePhoto();
    const { thought } = await develop(photo, 'make it brighter', { references: [photo] });
    expect(thought?.kind === 'plan' && thought.reasoning).toContain('the first picture alone');
  });
});
