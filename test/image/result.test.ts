import { getEventListeners } from 'node:events';

import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { encodeResult } from '../../src/image/result.ts';
import { IMAGE_FORMATS, type EncodedImage } from '../../src/image/types.ts';
import { grain, latin1, pixelAt, plain } from './pictures.ts';

const { signal } = new AbortController();

async function encoded(picture: Sharp): Promise<EncodedImage> {
  const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
  return { bytes: data, format: 'png', width: info.width, height: info.height };
}

describe('encodeResult', () => {
  it('writes every format, and JPEG for HEIC', async () => {
    const image = await encoded(grain());
    for (const format of IMAGE_FORMATS) {
      const result = await encodeResult(image, format, { signal });
      const written = format === 'heic' ? 'jpeg' : format;
      expect(result).toMatchObject({ format: written, width: 60, height: 40 });
      const metadata = await sharp(result.bytes).metadata();
      expect(metadata).toMatchObject({ width: 60, height: 40 });
      expect(metadata.format).toBe(written === 'avif' ? 'heif' : written);
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('writes PNG and TIFF without loss', async () => {
    const image = await encoded(grain());
    const pixels = await sharp(image.bytes).raw().toBuffer();
    for (const format of ['png', 'tiff'] as const) {
      const { bytes } = await encodeResult(image, format, { signal });
      expect((await sharp(bytes).raw().toBuffer()).equals(pixels)).toBe(true);
    }
  });

  it('writes JPEG with full colour resolution', async () => {
    const { bytes } = await encodeResult(await encoded(grain()), 'jpeg', { signal });
    expect((await sharp(bytes).metadata()).chromaSubsampling).toBe('4:4:4');
  });

  it('keeps 16 bits in PNG and TIFF, and writes 8 in the others', async () => {
    for (const space of ['rgb16', 'grey16']) {
      const image = await encoded(grain().toColourspace(space));
      for (const format of ['png', 'tiff'] as const) {
        const { bytes } = await encodeResult(image, format, { signal });
        expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'ushort', space });
      }
      const { bytes } = await encodeResult(image, 'jpeg', { signal });
      expect((await sharp(bytes).metadata()).depth).toBe('uchar');
    }
  });

  it('shows white where a JPEG can not be transparent, and keeps transparency elsewhere', async () => {
    const image = await encoded(
      sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } }),
    );
    const jpeg = await encodeResult(image, 'jpeg', { signal });
    expect(await pixelAt(jpeg.bytes, 4, 4)).toEqual([255, 255, 255]);
    for (const format of ['png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      const { bytes } = await encodeResult(image, format, { signal });
      expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    }
  });

  it.each([
    ['8 bits', 'srgb'],
    ['16 bits', 'rgb16'],
  ])('makes colours of %s with a profile sRGB', async (_depth, space) => {
    for (const profile of ['p3', 'srgb']) {
      const wide = await encoded(plain('#dc285a').toColourspace(space).withIccProfile(profile));
      expect((await sharp(wide.bytes).metadata()).hasProfile).toBe(true);
      for (const format of ['png', 'jpeg', 'tiff'] as const) {
        const { bytes } = await encodeResult(wide, format, { signal });
        expect((await sharp(bytes).metadata()).hasProfile).toBe(false);
        const colour = await pixelAt(bytes, 20, 15);
        for (const [index, value] of [0xdc, 0x28, 0x5a].entries()) {
          expect(Math.abs((colour[index] ?? 0) - value)).toBeLessThanOrEqual(3);
        }
      }
    }
  });

  it('lets no EXIF, no place and no XMP through', async () => {
    const withPlace = await grain()
      .withExif({
        IFD0: { Artist: 'Somebody', ImageDescription: 'A secret' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .png()
      .toBuffer();
    expect(withPlace.includes('Somebody')).toBe(true);
    const image: EncodedImage = { bytes: withPlace, format: 'png', width: 60, height: 40 };
    for (const format of IMAGE_FORMATS) {
      const { bytes } = await encodeResult(image, format, { signal });
      const { exif, xmp, iptc, icc, comments } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, icc, comments }).toEqual({});
      for (const word of ['Somebody', 'secret', 'Exif', 'xmpmeta', 'GPS']) {
        expect(Buffer.from(bytes).includes(latin1(word))).toBe(false);
      }
    }
  });

  it('writes upright pictures', async () => {
    const bytes = await grain().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const result = await encodeResult({ bytes, format: 'jpeg', width: 40, height: 60 }, 'png', {
      signal,
    });
    expect(result).toMatchObject({ width: 40, height: 60 });
  });

  it('says so when a format can not hold a picture that long', async () => {
    const image = await encoded(plain('red', 17_000, 1));
    await expect(encodeResult(image, 'webp', { signal })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: "A WebP file can't hold 17000 × 1 pixels; please ask for a PNG file.",
    });
    await expect(encodeResult(image, 'avif', { signal })).rejects.toBeInstanceOf(AppError);
    expect((await encodeResult(image, 'jpeg', { signal })).width).toBe(17_000);
  });

  it('throws the reason of the signal', async () => {
    const image = await encoded(grain(600, 400));
    const controller = new AbortController();
    const reason = new AppError('STOPPED', 'Stopped on request.');
    const running = encodeResult(image, 'avif', { signal: controller.signal });
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(encodeResult(image, 'png', { signal: controller.signal })).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});
