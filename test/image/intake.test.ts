import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';

import { openIntake, type TakenImage } from '../../src/image/intake.ts';
import { filmStrip, fixture, grain, latin1, oneOfEach, pixelAt, plain } from './pictures.ts';

const intake = openIntake();
afterAll(() => intake[Symbol.asyncDispose]());

function take(bytes: Uint8Array): Promise<TakenImage> {
  return intake.take(bytes, { signal: new AbortController().signal });
}

describe('what is taken', () => {
  it('keeps the bytes of the formats that can be edited as they are', async () => {
    const files = await oneOfEach();
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
      const { image, originalFormat, notes } = await take(files[format]);
      expect(image).toEqual({ bytes: files[format], format, width: 60, height: 40 });
      expect(image.bytes).toBe(files[format]);
      expect(originalFormat).toBe(format);
      expect(notes).toEqual([]);
    }
  });

  it('makes a PNG of a GIF', async () => {
    const { image, originalFormat } = await take(await plain('#ff8000').gif().toBuffer());
    expect(image).toMatchObject({ format: 'png', width: 40, height: 30 });
    expect(originalFormat).toBe('gif');
    expect((await sharp(image.bytes).metadata()).format).toBe('png');
    expect(await pixelAt(image.bytes, 20, 20)).toEqual([0xff, 0x80, 0]);
  });

  it('makes an upright PNG of a HEIC, with its colour profile and without a needless alpha', async () => {
    const { image, originalFormat, notes } = await take(fixture('gradient.heic'));
    expect(image).toMatchObject({ format: 'png', width: 96, height: 160 });
    expect(originalFormat).toBe('heic');
    expect(notes).toEqual([]);

    const metadata = await sharp(image.bytes).metadata();
    expect(metadata).toMatchObject({ width: 96, height: 160, channels: 3 });
    expect(metadata.icc).toHaveLength(480);
    expect(metadata.orientation).toBeUndefined();
    // The red corner was at the top left before it was turned clockwise.
    const [red = 0, green = 255] = await pixelAt(image.bytes, 92, 3);
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(20);
  });

  it.each(['mif1', 'heis', 'heim', 'heix'])('takes a HEIC of the brand %s', async (brand) => {
    const file = fixture('gradient.heic');
    file.write(brand, 8, 'latin1');
    expect((await take(file)).originalFormat).toBe('heic');
  });

  it('says width and height as seen, for each EXIF orientation', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const turned = orientation >= 5;
      for (const format of ['jpeg', 'tiff', 'webp', 'png'] as const) {
        const bytes = await grain().withMetadata({ orientation }).toFormat(format).toBuffer();
        const { image } = await take(bytes);
        expect([image.width, image.height]).toEqual(turned ? [40, 60] : [60, 40]);
      }
    }
  });

  it('takes all sorts of pixels', async () => {
    const alpha = { r: 200, g: 20, b: 20, alpha: 0.5 };
    const files = {
      cmyk: grain().toColourspace('cmyk').jpeg(),
      'cmyk with a profile': grain().toColourspace('cmyk').withIccProfile('cmyk').jpeg(),
      grey: grain().greyscale().jpeg(),
      progressive: grain().jpeg({ progressive: true }),
      '16 bits': grain().toColourspace('rgb16').png(),
      '16 grey bits': grain().toColourspace('grey16').png(),
      '16-bit TIFF': grain().toColourspace('rgb16').tiff({ compression: 'deflate' }),
      'interlaced PNG': grain().png({ progressive: true }),
      palette: grain().png({ palette: true, colours: 16 }),
      '1 bit': grain()
        .threshold()
        .toColourspace('b-w')
        .tiff({ compression: 'ccittfax4', bitdepth: 1 }),
      '1-bit PNG': grain().threshold().png({ palette: true, colours: 2 }),
      'alpha PNG': sharp({
        create: { width: 60, height: 40, channels: 4, background: alpha },
      }).png(),
      'alpha WebP': sharp({
        create: { width: 60, height: 40, channels: 4, background: alpha },
      }).webp(),
      'Display P3': grain().withIccProfile('p3').jpeg(),
      'lossless WebP': grain().webp({ lossless: true }),
      'tiled TIFF': grain().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }),
      'JPEG in TIFF': grain().tiff({ compression: 'jpeg' }),
      BigTIFF: grain().tiff({ bigtiff: true }),
    };
    for (const [name, picture] of Object.entries(files)) {
      const { image } = await take(await picture.toBuffer());
      expect([name, image.width, image.height]).toEqual([name, 60, 40]);
    }
  });

  it('takes a JPEG with what cameras leave after its end, and with bytes between its markers', async () => {
    const jpeg = await grain().jpeg().toBuffer();
    const afterFirstSegment = 4 + jpeg.readUInt16BE(4);
    const [head, tail] = [jpeg.subarray(0, afterFirstSegment), jpeg.subarray(afterFirstSegment)];
    const odd = [
      Buffer.concat([jpeg, latin1('\0\0 trailer')]),
      Buffer.concat([head, latin1('\0\0'), tail]),
    ];
    for (const bytes of odd) expect((await take(bytes)).image.width).toBe(60);
  });
});

describe('several pictures in one file', () => {
  it('uses the first and says so', async () => {
    const strip = () => filmStrip(32, 24, 3);
    const cases = [
      [await strip().gif().toBuffer(), 'This GIF has 3 frames; only the first is edited.'],
      [await strip().webp().toBuffer(), 'This WebP has 3 frames; only the first is edited.'],
      [await strip().tiff().toBuffer(), 'This TIFF has 3 pages; only the first is edited.'],
      [fixture('animated.png'), 'This PNG has 4 frames; only the first is edited.'],
      [fixture('animated.avif'), 'This AVIF has 4 pictures; only the first is edited.'],
    ] as const;
    for (const [bytes, note] of cases) {
      const { image, notes } = await take(bytes);
      expect(notes).toEqual([note]);
      expect(image).toMatchObject({ width: 32, height: 24 });
    }
    const { image, notes } = await take(fixture('two-pictures.heic'));
    expect(notes).toEqual(['This HEIC has 2 pictures; only the first is edited.']);
    expect(image).toMatchObject({ width: 64, height: 48 });
  });

  it('makes a PNG of an animated AVIF, which sharp could not open', async () => {
    const { image, originalFormat } = await take(fixture('animated.avif'));
    expect(image.format).toBe('png');
    expect(originalFormat).toBe('avif');
    expect((await sharp(image.bytes).metadata()).width).toBe(32);
  });
});
