import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../src/image/types.ts';
import { keep } from '../../../src/pipeline/keep/keep.ts';
import type { KeepOptions } from '../../../src/pipeline/keep/types.ts';
import { drift, paintDisc, psnr, type Drift } from '../../support/fake-openai/painters.ts';
import { makePhoto } from '../../support/photos.ts';

const ALL: KeepOptions = { size: true, place: true, pixels: true };
const CALL = { signal: new AbortController().signal };
const DISC = { x: 0.3, y: 0.6, radius: 0.12, colour: '#d01010' };
const SIZE = { width: 480, height: 320 };

const SOURCE: Promise<EncodedImage> = makePhoto();

async function pictureOf(bytes: Buffer): Promise<EncodedImage> {
  const { width, height } = await sharp(bytes).metadata();
  return { bytes, format: 'png', width, height };
}

/** Whether a place is so far from the disc that nothing there was to change. */
function isUntouched(x: number, y: number): boolean {
  const radius = DISC.radius * SIZE.height + 0.03 * SIZE.width;
  return Math.hypot(x - DISC.x * SIZE.width, y - DISC.y * SIZE.height) > radius;
}

async function painted(how: Drift): Promise<EncodedImage> {
  const { bytes } = await SOURCE;
  return pictureOf(await drift(await paintDisc(Buffer.from(bytes), DISC), how));
}

/** What came back of an edit of the scene. */
async function kept(edited: EncodedImage, options: KeepOptions = ALL) {
  const source = await SOURCE;
  const result = await keep(source, edited, undefined, options, CALL);
  const untouched = await psnr(source.bytes, result.image.bytes, isUntouched);
  return { ...result, untouched };
}

/** What coding a picture to latents and back leaves: blur, noise and another size. */
async function coded({ bytes }: EncodedImage): Promise<EncodedImage> {
  const file = await sharp(bytes)
    .resize(512, 336, { fit: 'fill' })
    .jpeg({ quality: 85 })
    .toBuffer();
  return pictureOf(await sharp(file).blur(0.6).png().toBuffer());
}

const colourAt = async ({ bytes }: EncodedImage, x: number, y: number): Promise<number[]> => {
  const { width, height } = await sharp(bytes).metadata();
  const spot = { left: Math.floor(x * width), top: Math.floor(y * height), width: 1, height: 1 };
  return [...(await sharp(bytes).removeAlpha().extract(spot).raw().toBuffer())];
};

describe('what was not asked to change', () => {
  it.each<Drift>([
    { x: 12, y: -9 },
    { x: -12, y: 12, zoom: 1.02 },
    { x: 5.5, y: 3.25, zoom: 0.98, gain: 1.02, offset: 3 },
    { gain: 0.98, offset: -3 },
  ])('is kept where the editor drifts by %o, and the edit stays', async (how) => {
    const edited = await painted(how);
    const { image, untouched, kept: done } = await kept(edited);
    expect(await psnr((await SOURCE).bytes, edited.bytes, isUntouched)).toBeLessThan(36);
    expect(untouched).toBeGreaterThanOrEqual(45);
    expect(done.moved?.x ?? 0).toBeCloseTo(how.x ?? 0, 0);
    expect(done.moved?.y ?? 0).toBeCloseTo(how.y ?? 0, 0);
    expect(done.moved?.zoom ?? 1).toBeCloseTo(how.zoom ?? 1, 3);
    const [red = 0, green = 255] = await colourAt(image, DISC.x, DISC.y);
    expect(red).toBeGreaterThan(190);
    expect(green).toBeLessThan(30);
  });

  it('is kept through the loss and the size of a diffusion model', async () => {
    const {
      image,
      untouched,
      kept: done,
    } = await kept(await coded(await painted({ x: 6, y: -4, zoom: 1.01, gain: 1.01 })));
    expect(image).toMatchObject(SIZE);
    expect(done.resizedFrom).toEqual({ width: 512, height: 336 });
    expect(untouched).toBeGreaterThanOrEqual(45);
  });

  it('does not hold up an edit of the whole picture, but keeps it in its place', async () => {
    const grey = await sharp((await painted({ x: 8, y: 5 })).bytes)
      .greyscale()
      .toColourspace('srgb')
      .png()
      .toBuffer();
    const { image, kept: done } = await kept(await pictureOf(grey));
    expect(done.restored).toBeUndefined();
    expect(done.moved?.x).toBeCloseTo(8, 0);
    const [red, green, blue] = await colourAt(image, 0.8, 0.3);
    expect(red).toBe(green);
    expect(green).toBe(blue);
  });

  it.each([
    ['brighter', { gain: 1.25 }],
    ['a little brighter', { offset: 6 }],
  ])('does not take back a picture that is to be %s', async (_, how) => {
    const { bytes } = await SOURCE;
    const brighter = await pictureOf(await drift(Buffer.from(bytes), how));
    const { image, kept: done } = await kept(brighter);
    expect(done).toEqual({});
    expect(image).toBe(brighter);
  });

  it('leaves another picture alone', async () => {
    const { bytes } = await SOURCE;
    const other = await pictureOf(
      await sharp(bytes).flop().negate({ alpha: false }).png().toBuffer(),
    );
    const { image, kept: done } = await kept(other);
    expect(done).toEqual({});
    expect(image).toBe(other);
  });

  it('is found where the editor cut the picture to another shape', async () => {
    const { bytes } = await painted({});
    const square = await sharp(bytes)
      .extract({ left: 80, top: 0, width: 320, height: 320 })
      .resize(512, 512)
      .png()
      .toBuffer();
    const { image, untouched } = await kept(await pictureOf(square));
    expect(image).toMatchObject(SIZE);
    expect(untouched).toBeGreaterThanOrEqual(45);
  });

  it('is found where the editor stretched the picture to another shape', async () => {
    const { bytes } = await painted({});
    const square = await sharp(bytes).resize(512, 512, { fit: 'fill' }).png().toBuffer();
    const { untouched } = await kept(await pictureOf(square));
    expect(untouched).toBeGreaterThanOrEqual(45);
  });

  it('can be left to the editor, part by part', async () => {
    const edited = await painted({ x: 12, y: -9 });
    const none = await kept(edited, { size: false, place: false, pixels: false });
    expect(none).toMatchObject({ image: edited, kept: {} });
    const place = await kept(edited, { size: true, place: true, pixels: false });
    expect(place.kept).toMatchObject({ moved: { x: expect.closeTo(12, 0) as number } });
    expect(place.kept.restored).toBeUndefined();
  });

  it('gives way to a shape that was asked for, at the size of the picture', async () => {
    const square = await pictureOf(
      await sharp((await SOURCE).bytes)
        .resize(512, 512, { fit: 'cover' })
        .png()
        .toBuffer(),
    );
    const canvas = { width: 1, height: 1 };
    const { image, kept: done } = await keep(await SOURCE, square, canvas, ALL, CALL);
    expect(image).toMatchObject({ width: 392, height: 392 });
    expect(done).toEqual({ resizedFrom: { width: 512, height: 512 } });
  });

  it('stays as transparent as it was', async () => {
    const hole = Buffer.from(
      '<svg width="480" height="320"><rect x="350" width="130" height="320"/></svg>',
    );
    const bytes = await sharp((await SOURCE).bytes)
      .composite([{ input: hole, blend: 'dest-out' }])
      .png()
      .toBuffer();
    const edited = await pictureOf(
      await paintDisc(await sharp(bytes).flatten({ background: '#ffffff' }).png().toBuffer(), DISC),
    );
    const { image } = await keep(await pictureOf(bytes), edited, undefined, ALL, CALL);
    const alpha = await sharp(image.bytes).extractChannel('alpha').raw().toBuffer();
    expect([alpha[50 * 480 + 450], alpha[192 * 480 + 144]]).toEqual([0, 255]);
  });

  it('is not worked on past a stop', async () => {
    const stop = new AbortController();
    const working = keep(await SOURCE, await painted({ x: 3 }), undefined, ALL, {
      signal: stop.signal,
    });
    stop.abort(new Error('enough'));
    await expect(working).rejects.toThrow('enough');
  });
});
