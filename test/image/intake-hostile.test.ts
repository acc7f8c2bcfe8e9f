import { crc32, deflateSync } from 'node:zlib';

import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';

import { isAppError, type ErrorCode } from '../../src/errors.ts';
import { openIntake, type TakenImage } from '../../src/image/intake.ts';
import { IMAGE_LIMITS } from '../../src/image/limits.ts';
import type { ImageFormat } from '../../src/image/types.ts';
import { filmStrip, fixture, grain, latin1, oneOfEach, plain } from './pictures.ts';

const intake = openIntake({ ...IMAGE_LIMITS, maxPixels: 1_000_000 });
afterAll(() => intake[Symbol.asyncDispose]());

const { signal } = new AbortController();

async function codeOf(bytes: Uint8Array): Promise<ErrorCode | 'taken'> {
  return (await outcomeOf(bytes)).code;
}

async function outcomeOf(
  bytes: Uint8Array,
): Promise<{ code: ErrorCode; message: string } | { code: 'taken'; taken: TakenImage }> {
  try {
    return { code: 'taken', taken: await intake.take(bytes, { signal }) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error;
  }
}

/** A PNG that claims this size, and holds these pixels whatever it claims. */
function png(width: number, height: number, pixels: Uint8Array = new Uint8Array(1)): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const chunks = [
    ['IHDR', header],
    ['IDAT', deflateSync(pixels)],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1A\n'),
    ...chunks.flatMap(([type, data]) => {
      const frame = Buffer.alloc(8);
      frame.writeUInt32BE(data.length, 0);
      frame.writeUInt32BE(crc32(Buffer.concat([latin1(type), data])), 4);
      return [frame.subarray(0, 4), latin1(type), data, frame.subarray(4)];
    }),
  ]);
}

/** A GIF of one pixel whose frame and screen claim this size. */
function gif(screen: number, frame: number): Buffer {
  const bytes = latin1('GIF89a####\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0####\0\x02\x02D\x01\0;');
  for (const at of [6, 8]) bytes.writeUInt16LE(screen, at);
  for (const at of [24, 26]) bytes.writeUInt16LE(frame, at);
  return bytes;
}

/** An AVIF or HEIC that claims this size. */
function claiming(file: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf('ispe') + 8;
  bytes.writeUInt32BE(width, at);
  bytes.writeUInt32BE(height, at + 4);
  return bytes;
}

describe('what is refused before it is decoded', () => {
  it('refuses nothing at all, and next to nothing', async () => {
    expect(await codeOf(new Uint8Array())).toBe('IMAGE_EMPTY');
    expect(await codeOf(Uint8Array.of(0xff))).toBe('IMAGE_FORMAT');
  });

  it('says what is taken, and what this looks like', async () => {
    expect(await outcomeOf(latin1('These are words, named holiday.jpg.'))).toMatchObject({
      code: 'IMAGE_FORMAT',
      message:
        'This is a text file, not a picture that can be read; please send a JPEG, PNG, WebP, AVIF, GIF, TIFF or HEIC file.',
    });
    expect(await outcomeOf(Uint8Array.of(1, 2, 3))).toMatchObject({
      message: expect.stringMatching(
        /^This file is not a picture that can be read; please send a /,
      ),
    });
  });

  it('says both sizes of a file that is too large', async () => {
    const small = openIntake({ ...IMAGE_LIMITS, maxBytes: 1_200_000 });
    await expect(small.take(new Uint8Array(3_456_789), { signal })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'The file has 3.5 MB, and at most 1.2 MB are taken; please send a smaller one.',
    });
    await small[Symbol.asyncDispose]();
  });
});

describe('bombs', () => {
  it('refuses a header that claims too many pixels, and says how many', async () => {
    expect(await outcomeOf(png(60_000, 60_000))).toMatchObject({
      code: 'IMAGE_TOO_MANY_PIXELS',
      message:
        'The picture has 60000 × 60000 pixels (3600 megapixels), and at most 1 megapixels are taken; please send a smaller one.',
    });
  });

  it('does so for every format', async () => {
    const files: Record<ImageFormat, Buffer> = {
      jpeg: await plain('red', 1_001, 1_000).jpeg().toBuffer(),
      png: await plain('red', 1_001, 1_000).png().toBuffer(),
      webp: await plain('red', 1_001, 1_000).webp().toBuffer(),
      avif: claiming((await oneOfEach()).avif, 20_000, 20_000),
      gif: gif(0xffff, 0xffff),
      tiff: await plain('red', 1_001, 1_000).tiff().toBuffer(),
      heic: claiming(fixture('gradient.heic'), 20_000, 20_000),
    };
    for (const [format, bytes] of Object.entries(files)) {
      expect([format, await codeOf(bytes)]).toEqual([format, 'IMAGE_TOO_MANY_PIXELS']);
    }
  });

  it('refuses what even the decoders find too much', async () => {
    const files = [
      claiming(fixture('gradient.heic'), 0xffff_ffff, 0xffff_ffff),
      png(0x7fff_ffff, 0x7fff_ffff),
    ];
    for (const bytes of files) {
      expect(['IMAGE_DAMAGED', 'IMAGE_TOO_MANY_PIXELS']).toContain(await codeOf(bytes));
    }
  });

  it('counts the pixels of one frame, however many there are', async () => {
    const animation = await filmStrip(400, 400, 20).gif().toBuffer();
    expect(await outcomeOf(animation)).toMatchObject({
      taken: { image: { width: 400, height: 400 } },
    });
    const one = await filmStrip(1_100, 1_000, 2).webp({ effort: 0 }).toBuffer();
    expect(await codeOf(one)).toBe('IMAGE_TOO_MANY_PIXELS');
  });

  it('takes a GIF whose screen alone is huge for what its frame is', async () => {
    expect(await outcomeOf(gif(0xffff, 1))).toMatchObject({
      taken: { image: { width: 1, height: 1 } },
    });
  });

  it('refuses too many frames', async () => {
    const few = openIntake({ ...IMAGE_LIMITS, maxFrames: 3 });
    const take = (bytes: Uint8Array) => few.take(bytes, { signal });
    await expect(take(await filmStrip(8, 8, 4).gif().toBuffer())).rejects.toMatchObject({
      code: 'IMAGE_TOO_MANY_FRAMES',
      message: 'This GIF has 4 frames, and at most 3 are taken; please send a still picture.',
    });
    for (const name of ['animated.png', 'animated.avif']) {
      await expect(take(fixture(name))).rejects.toMatchObject({ code: 'IMAGE_TOO_MANY_FRAMES' });
    }
    await expect(take(await filmStrip(8, 8, 3).gif().toBuffer())).resolves.toBeDefined();
    await few[Symbol.asyncDispose]();
  });
});

describe('damage', () => {
  it('refuses pictures without size and without pixels', async () => {
    expect(await codeOf(png(0, 0))).toBe('IMAGE_DAMAGED');
    expect(await codeOf(png(10, 0))).toBe('IMAGE_DAMAGED');
    expect(await codeOf(png(500, 500))).toBe('IMAGE_DAMAGED');
    expect(await codeOf(gif(0, 0))).toBe('IMAGE_DAMAGED');
    expect(await codeOf(claiming(fixture('gradient.heic'), 0, 0))).toBe('IMAGE_DAMAGED');
  });

  it('refuses a picture inside which another format hides', async () => {
    const svg = latin1('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(await codeOf(Buffer.concat([latin1('II*\0'), svg]))).toBe('IMAGE_DAMAGED');
  });

  it('refuses every truncation, but where all pixels are there', { timeout: 120_000 }, async () => {
    const files: Record<string, Buffer> = {
      ...(await oneOfEach()),
      'progressive JPEG': await grain().jpeg({ progressive: true }).toBuffer(),
      'interlaced PNG': await grain().png({ progressive: true }).toBuffer(),
      'lossless WebP': await grain().webp({ lossless: true }).toBuffer(),
      'animated GIF': await filmStrip(20, 20, 3).gif().toBuffer(),
      'uncompressed TIFF': await grain().tiff({ compression: 'none' }).toBuffer(),
      'TIFF with its directory first': directoryFirstTiff(),
      'tiled TIFF': await grain()
        .tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 })
        .toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const whole = await firstFrame(bytes);
      for (const length of truncations(bytes.length)) {
        const cut = bytes.subarray(0, length);
        const outcome = await outcomeOf(cut);
        if (outcome.code === 'taken') {
          expect([name, length, (await firstFrame(cut)).equals(whole)]).toEqual([
            name,
            length,
            true,
          ]);
        } else {
          expect(['IMAGE_DAMAGED', 'IMAGE_FORMAT', 'IMAGE_EMPTY']).toContain(outcome.code);
        }
      }
    }
  });

  it('survives flipped bits in every format', { timeout: 240_000 }, async () => {
    const files = Object.entries({
      ...(await oneOfEach()),
      'animated AVIF': fixture('animated.avif'),
      'animated GIF': await filmStrip(20, 20, 3).gif().toBuffer(),
    });
    const flip = fc.record({
      position: fc.double({ min: 0, max: 1, noNaN: true }),
      bit: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(flip, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async ([, bytes], flips, inHeader) => {
          const bent = Buffer.from(bytes);
          const reach = inHeader ? Math.min(bytes.length, 300) : bytes.length;
          for (const { position, bit } of flips) {
            const at = Math.min(reach - 1, Math.floor(position * reach));
            bent.writeUInt8(bent.readUInt8(at) ^ (1 << bit), at);
          }
          expect(await codeOf(bent)).toMatch(/^(taken|IMAGE_(?!TOO_SLOW).*)$/);
        },
      ),
      { seed: 20_251_124, numRuns: 300 },
    );
    expect(await codeOf((await oneOfEach()).jpeg)).toBe('taken');
  });
});

/** Lengths to cut a file to: all over it, and each of the last few bytes. */
function truncations(length: number): number[] {
  const spread = Array.from({ length: 24 }, (_, index) => Math.floor((length * index) / 24));
  const tail = Array.from({ length: 12 }, (_, index) => length - 1 - index);
  return [...new Set([0, 1, 2, 3, 4, 8, 12, 16, ...spread, ...tail])].filter((cut) => cut >= 0);
}

/** The pixels of the first frame, however much is missing; of a HEIC its bytes. */
async function firstFrame(bytes: Uint8Array): Promise<Buffer> {
  if (latin1('ftypheic').equals(bytes.subarray(4, 12))) return Buffer.from(bytes);
  return sharp(bytes, { failOn: 'none' }).removeAlpha().raw().toBuffer();
}

/** As cameras write them: the pixels last, in several strips, 16 × 16 grey. */
function directoryFirstTiff(): Buffer {
  const [strips, rows, side] = [4, 4, 16];
  const SHORT = 3;
  const LONG = 4;
  const tags = 8;
  const offsetsAt = 8 + 2 + tags * 12 + 4;
  const countsAt = offsetsAt + 4 * strips;
  const pixelsAt = countsAt + 4 * strips;
  const bytes = Buffer.alloc(pixelsAt + side * side);
  bytes.write('II*\0\x08\0\0\0', 0, 'latin1');
  bytes.writeUInt16LE(tags, 8);
  const entries = [
    [256, SHORT, 1, side],
    [257, SHORT, 1, side],
    [258, SHORT, 1, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 1],
    [273, LONG, strips, offsetsAt],
    [278, SHORT, 1, rows],
    [279, LONG, strips, countsAt],
  ] as const;
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * index;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  for (let strip = 0; strip < strips; strip++) {
    bytes.writeUInt32LE(pixelsAt + strip * rows * side, offsetsAt + 4 * strip);
    bytes.writeUInt32LE(rows * side, countsAt + 4 * strip);
  }
  for (let at = pixelsAt; at < bytes.length; at++) bytes.writeUInt8((at * 37) & 0xff, at);
  return bytes;
}
