import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

import { inspectionCopy } from '../../src/image/inspection.ts';
import type { EncodedImage, ImageFormat } from '../../src/image/types.ts';
import { grain, plain } from './pictures.ts';

const call = { signal: new AbortController().signal };

async function encoded(picture: Sharp, format: ImageFormat): Promise<EncodedImage> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.height };
}

/** The levels of a picture's first and its last pixel. */
async function ends(bytes: Uint8Array): Promise<number[][]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return [data.subarray(0, info.channels), data.subarray(-info.channels)].map((pixel) => [
    ...pixel,
  ]);
}

describe('a copy for inspection', () => {
  it('is a JPEG of at most 1024 pixels, never larger than the picture', async () => {
    const large = await inspectionCopy(await encoded(grain(3000, 20).png(), 'png'), call);
    expect(await sharp(large).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1_024,
      height: 7,
    });
    const small = await inspectionCopy(await encoded(grain(30, 20).webp(), 'webp'), call);
    expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 30, height: 20 });
  });

  it('is upright, and tells nothing that is not seen', async () => {
    const exif = { IFD0: { Artist: 'somebody' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } };
    const turned = plain('#336699', 40, 30).jpeg().withMetadata({ orientation: 6, exif });
    const { bytes } = await encoded(turned, 'jpeg');
    const copy = await inspectionCopy({ bytes, format: 'jpeg', width: 30, height: 40 }, call);
    const metadata = await sharp(copy).metadata();
    expect(metadata).toMatchObject({ width: 30, height: 40 });
    expect(metadata.exif).toBeUndefined();
    expect(metadata.orientation).toBeUndefined();
  });

  it.each([8, 16])('shows white and black on a transparent ground of %i bits', async (bits) => {
    const levels = [255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 255];
    const raw = { width: 3, height: 1, channels: 4 } as const;
    const picture = sharp(Uint8Array.from(levels), { raw }).resize(96, 32, { kernel: 'nearest' });
    const deep = bits === 16 ? picture.toColourspace('rgb16') : picture;
    const copy = await inspectionCopy(await encoded(deep.png(), 'png'), call);
    const [first, last] = await ends(copy);
    expect(Math.min(...(first ?? []))).toBeGreaterThan(240);
    expect(Math.max(...(last ?? []))).toBeLessThan(15);
    const middle = await sharp(copy).extract({ left: 44, top: 12, width: 8, height: 8 }).stats();
    for (const { mean } of middle.channels) expect(Math.abs(mean - 128)).toBeLessThan(4);
  });

  it('is not made for a call that was broken off', async () => {
    const reason = new Error('left');
    const image = await encoded(plain('#fff').png(), 'png');
    await expect(inspectionCopy(image, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
