import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf } from '../../../../support/pixel-access.ts';

describe('crop', () => {
  it.each([
    ['trim 10% from all sides', 384, 256, 48, 32],
    ['cut 100px off the left and right', 280, 320, 100, 0],
    ['crop 50px off the top, 20px off the bottom', 480, 250, 0, 50],
    ['crop to 200x100 from 100,50', 200, 100, 100, 50],
    ['crop it from 10,20 to 210,180', 200, 160, 10, 20],
    ['crop to 400x400 from 300,200', 180, 120, 300, 200],
  ])('%s: to the pixel', async (request, width, height, left, top) => {
    const photo = await makePhoto();
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    const expected = sharp(photo.bytes).extract({ left, top, width, height });
    expect([image.width, image.height]).toEqual([width, height]);
    const pixels = await sharp(image.bytes).raw().toBuffer();
    expect(pixels.equals(await expected.raw().toBuffer())).toBe(true);
  });

  it.each([
    ['remove the black bars', '#000000', 480],
    ['remove the black bars', '#050505', 2400],
    ['get rid of the white border', '#ffffff', 480],
    ['crop away the bars', '#336699', 480],
  ])('%s (%s, %d px)', async (request, background, width) => {
    const photo = await makePhoto({ width, height: (width * 2) / 3 });
    const bars = { top: Math.round(width / 10), bottom: Math.round(width / 8), left: 0, right: 0 };
    // As JPEG leaves them, which is not quite plain.
    const barred = await encoded(sharp(photo.bytes).extend({ ...bars, background }), 'jpeg');
    const result = await develop(barred, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect(image.width).toBe(width);
    expect(Math.abs(image.height - photo.height)).toBeLessThanOrEqual(Math.ceil(width / 200));
    expect(image.height).toBeLessThanOrEqual(photo.height);
  });

  const WHAT =
    'What shall I crop it to: a shape (“square”, “16:9”), its subject, or less of a side (“10% off the left”)?';

  it.each(['crop it', 'Crop', 'please crop this photo', 'could you crop it for me?'])(
    'asks what to crop to, and nothing else: %s',
    async (request) => {
      const { thought } = await develop(await makePhoto(), request);
      expect(thought).toEqual({ kind: 'question', text: WHAT });
    },
  );

  it.each([
    ['square', 320, 320],
    ['16:9', 480, 270],
    ['10% off the left', 432, 320],
    ['to the subject', undefined, undefined],
  ])('takes the answer to that for what it is: %s', async (request, width, height) => {
    const exchanges = [{ prompt: 'crop it', question: WHAT }];
    const result = await develop(await makePhoto(), request, { exchanges });
    expect(result.thought).toMatchObject({
      kind: 'plan',
      instruction: expect.stringMatching(/^Crop /) as string,
    });
    if (width !== undefined) expect(answer(result).image).toMatchObject({ width, height });
  });

  it('does not ask for what was said', async () => {
    const { thought } = await develop(await makePhoto(), 'crop it, make it square');
    expect(thought).toMatchObject({
      kind: 'plan',
      reasoning: expect.not.stringContaining(WHAT) as string,
    });
  });

  it('does the rest of a request all the same, and asks on the way', async () => {
    const { thought } = await develop(await makePhoto(), 'crop it and make it brighter');
    expect(thought).toMatchObject({
      kind: 'plan',
      instruction: expect.not.stringMatching(/crop/i) as string,
      reasoning: expect.stringContaining(WHAT) as string,
    });
  });

  it('finds no bars where there are none', async () => {
    const { thought } = await develop(await makePhoto(), 'remove the black bars');
    expect(thought).toMatchObject({
      kind: 'question',
      text: expect.stringContaining('no black bars'),
    });
  });

  it('says that it is not sure of a subject that it can’t tell apart', async () => {
    const { thought } = await develop(await makePhoto(), 'crop to the subject');
    expect(thought?.kind === 'plan' && thought.reasoning).toMatch(/subject/);
  });

  it('brings what catches the eye towards a third', async () => {
    const spot = await encoded(
      sharp({ create: { width: 60, height: 60, channels: 3, background: '#f02020' } }),
      'png',
    );
    const source = await encoded(
      sharp({ create: { width: 600, height: 400, channels: 3, background: '#909090' } }).composite([
        { input: Buffer.from(spot.bytes), left: 290, top: 150 },
      ]),
      'png',
    );
    const result = await develop(source, 'crop it by the rule of thirds');
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    const bitmap = await bitmapOf(image);
    let [sum, sumX] = [0, 0];
    for (let x = 0; x < bitmap.width; x += 1) {
      for (let y = 0; y < bitmap.height; y += 1) {
        if (bitmap.at(x, y)[1] > 60) continue;
        sum += 1;
        sumX += x;
      }
    }
    expect(sum).toBe(3600);
    const away = Math.min(
      ...[1, 2].map((third) => Math.abs(sumX / sum / bitmap.width - third / 3)),
    );
    expect(away).toBeLessThan(0.12);
  });
});
