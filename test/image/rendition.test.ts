import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { renditionOf } from '../../src/image/rendition.ts';
import type { EncodedImage } from '../../src/image/types.ts';

const call = { signal: new AbortController().signal };
const ANY = { maxBytes: 1e9, formats: ['png', 'jpeg', 'webp'] } as const;

/** Noise, which no format makes small. */
async function noise(width: number, height: number, channels: 3 | 4 = 3): Promise<EncodedImage> {
  const raw = { width, height, channels } as const;
  const bytes = await sharp(randomBytes(width * height * channels), { raw })
    .png()
    .toBuffer();
  return { bytes, format: 'png', width, height };
}

describe('a rendition', () => {
  it('is the picture itself where that fits', async () => {
    const image = await noise(40, 30);
    expect(await renditionOf(image, ANY, call)).toBe(image);
    expect(await renditionOf(image, { ...ANY, maxSide: 40 }, call)).toBe(image);
  });

  it('fits whatever the limits, keeps the shape, and is never larger than the picture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 2_000, max: 60_000 }),
        fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
        async (width, height, maxBytes, maxSide) => {
          const image = await noise(width, height);
          const limits = { ...ANY, maxBytes, ...(maxSide !== undefined && { maxSide }) };
          const made = await renditionOf(image, limits, call);
          const seen = await sharp(made.bytes).metadata();
          expect([seen.width, seen.height, seen.format]).toEqual([
            made.width,
            made.height,
            made.format,
          ]);
          expect(made.bytes.length).toBeLessThanOrEqual(maxBytes);
          const side = Math.max(made.width, made.height);
          expect(side).toBeLessThanOrEqual(Math.min(maxSide ?? 400, Math.max(width, height)));
          expect(Math.abs(made.width - (side * width) / Math.max(width, height))).toBeLessThan(1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is of a format that is shown', async () => {
    const image = await noise(40, 30);
    const formats = ['gif', 'jpeg'] as const;
    expect(await renditionOf(image, { ...ANY, formats }, call)).toMatchObject({
      format: 'jpeg',
      width: 40,
    });
  });

  it('stays transparent', async () => {
    const image = await noise(200, 200, 4);
    const made = await renditionOf(image, { ...ANY, maxBytes: 50_000 }, call);
    expect(made.format).toBe('webp');
    expect((await sharp(made.bytes).metadata()).hasAlpha).toBe(true);
    const png = await renditionOf(
      image,
      { ...ANY, maxBytes: 50_000, formats: ['png', 'jpeg'] },
      call,
    );
    expect(png.format).toBe('png');
  });

  it('is refused where nothing fits, or nobody wants it any more', async () => {
    const image = await noise(40, 30);
    await expect(renditionOf(image, { ...ANY, maxBytes: 10 }, call)).rejects.toMatchObject({
      code: 'ATTACHMENT_TOO_LARGE',
    });
    const reason = new Error('enough');
    const aborted = { signal: AbortSignal.abort(reason) };
    await expect(renditionOf(image, { ...ANY, maxBytes: 10 }, aborted)).rejects.toBe(reason);
  });
});
