import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { toMask } from '../../src/image/mask.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import { drawMask } from '../support/masks.ts';

const CALL = { signal: new AbortController().signal };
const CIRCLE = '<circle cx="40" cy="30" r="20"/>';

async function marksOf({ bytes }: EncodedImage): Promise<Buffer> {
  const { channels } = await sharp(bytes).metadata();
  expect(channels).toBe(1);
  return sharp(bytes).toColourspace('b-w').raw().toBuffer();
}

const filled = async (background: string): Promise<EncodedImage> => {
  const size = { width: 60, height: 40 };
  const image = sharp({ create: { ...size, channels: 3, background } });
  return { bytes: await image.png().toBuffer(), format: 'png', ...size };
};

describe('a drawn mask', () => {
  it('marks what is white on black', async () => {
    const mask = await toMask(await drawMask(80, 60, CIRCLE), CALL);
    expect(mask).toMatchObject({ format: 'png', width: 80, height: 60 });
    const marks = await marksOf(mask);
    expect(new Set(marks)).toEqual(new Set([0, 255]));
    expect(marks[30 * 80 + 40]).toBe(255);
    expect(marks[30 * 80 + 65]).toBe(0);
    const share = marks.filter((mark) => mark === 255).length / marks.length;
    expect(share).toBeCloseTo((Math.PI * 20 ** 2) / (80 * 60), 2);
  });

  it('may have been through JPEG and scaling', async () => {
    const drawn = await drawMask(800, 600, '<circle cx="400" cy="300" r="200"/>');
    const bytes = await sharp(drawn.bytes).resize(400).jpeg({ quality: 60 }).toBuffer();
    const mask = await toMask({ bytes, format: 'jpeg', width: 400, height: 300 }, CALL);
    const marks = await marksOf(mask);
    expect(marks[150 * 400 + 200]).toBe(255);
    expect(marks[150 * 400 + 330]).toBe(0);
  });

  it('marks what is transparent where anything is, whatever its colours', async () => {
    const { bytes } = await drawMask(80, 60, CIRCLE);
    const hole = await sharp(bytes).negate().toColourspace('b-w').raw().toBuffer();
    const rgba = Buffer.alloc(hole.length * 4, 90);
    for (const [at, value] of hole.entries()) rgba[at * 4 + 3] = value;
    const png = await sharp(rgba, { raw: { width: 80, height: 60, channels: 4 } })
      .png()
      .toBuffer();
    const mask = await toMask({ bytes: png, format: 'png', width: 80, height: 60 }, CALL);
    const marks = await marksOf(mask);
    expect(marks[30 * 80 + 40]).toBe(255);
    expect(marks[0]).toBe(0);
  });

  it('is made no finer than it need be', async () => {
    const drawn = await drawMask(5_000, 100, '<rect x="2500" width="2500" height="100"/>');
    expect(await toMask(drawn, CALL)).toMatchObject({ width: 2_048, height: 41 });
  });

  it.each([
    ['all black', () => filled('#000000')],
    ['all white', () => filled('#ffffff')],
    ['grey', () => filled('#808080')],
    ['red', () => filled('#ff0000')],
  ])('that is %s is refused', async (_, drawing) => {
    await expect(toMask(await drawing(), CALL)).rejects.toMatchObject({ code: 'MASK_UNUSABLE' });
  });
});
