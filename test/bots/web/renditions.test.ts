import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { Renditions } from '../../../src/bots/web/renditions.ts';
import { MemoryImages } from '../../support/memory-images.ts';
import { reference } from '../../support/turns.ts';

const call = { signal: new AbortController().signal };

async function pictureOf(background: { r: number; g: number; b: number; alpha?: number }) {
  const create = { width: 400, height: 200, channels: 4 as const, background };
  const { data, info } = await sharp({ create }).png().toBuffer({ resolveWithObject: true });
  return { bytes: data, format: 'png' as const, width: info.width, height: info.height };
}

describe('renditions', () => {
  it('are made once, however many ask', async () => {
    const images = new MemoryImages();
    const image = await images.put(await pictureOf({ r: 9, g: 99, b: 9 }));
    const renditions = new Renditions(images, call);
    const all = await Promise.all(
      Array.from({ length: 9 }, () => renditions.get(image, 160, call)),
    );
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toMatchObject({ format: 'jpeg', width: 160, height: 80 });
    expect(await renditions.get(image, 160, call)).toBe(all[0]);
    expect(images.gets).toBe(1);
  });

  it('stay as clear as the picture', async () => {
    const images = new MemoryImages();
    const image = await images.put(await pictureOf({ r: 9, g: 99, b: 9, alpha: 0.3 }));
    const rendition = await new Renditions(images, call).get(image, 160, call);
    expect(rendition.format).toBe('webp');
    expect((await sharp(rendition.bytes).stats()).isOpaque).toBe(false);
  });

  it('fail for those who ask now, and are tried again for those who ask later', async () => {
    const images = new MemoryImages();
    const renditions = new Renditions(images, call);
    const gone = reference('gone');
    for (let count = 0; count < 3; count += 1) {
      await expect(renditions.get(gone, 160, call)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
      });
    }
    expect(images.gets).toBe(3);
  });

  it('let go of one who leaves, and of nobody else', async () => {
    const images = new MemoryImages();
    const image = await images.put(await pictureOf({ r: 9, g: 9, b: 99 }));
    const renditions = new Renditions(images, call);
    const leaving = new AbortController();
    const left = renditions.get(image, 160, { signal: leaving.signal });
    const stayed = renditions.get(image, 160, call);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(await stayed).toMatchObject({ width: 160 });
  });
});
