import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';

async function pixelate(image: EncodedImage, request: string) {
  const result = await develop(image, request);
  const round = answer(result);
  expect(round.reflection?.verdict).toBe('success');
  const { data, info } = await sharp(round.image.bytes).raw().toBuffer({ resolveWithObject: true });
  const colour = (x: number, y: number) =>
    data.subarray((y * info.width + x) * info.channels, (y * info.width + x + 1) * info.channels);
  return { colour, instruction: round.instruction, ...info };
}

describe('pixelating', () => {
  it('gives each block one colour, its mean', async () => {
    const source = await makePhoto();
    const { colour, instruction } = await pixelate(source, 'pixelate it in blocks of 16 px');
    expect(instruction).toContain('in blocks of 16 px');
    const corner = { left: 32, top: 48, width: 16, height: 16 };
    const { channels } = await sharp(await sharp(source.bytes).extract(corner).toBuffer()).stats();
    for (const [x, y] of [
      [32, 48],
      [47, 48],
      [40, 63],
    ] as const) {
      channels.forEach(({ mean }, channel) => {
        expect(Math.abs((colour(x, y)[channel] ?? 0) - mean)).toBeLessThanOrEqual(0.5);
      });
    }
  });

  it('hides a box to its last pixel, and leaves all else exactly as it was', async () => {
    const source = await makePhoto();
    const { colour } = await pixelate(source, 'censor 150,110 to 250,220');
    const before = await sharp(source.bytes).raw().toBuffer();
    let changed = 0;
    for (let y = 0; y < 320; y += 1) {
      for (let x = 0; x < 480; x += 1) {
        const at = (y * 480 + x) * 3;
        const same = colour(x, y).equals(before.subarray(at, at + 3));
        const inside = x >= 150 && x < 250 && y >= 110 && y < 220;
        const near = x >= 149 && x < 251 && y >= 109 && y < 221;
        if (!near) expect(same).toBe(true);
        if (inside && !same) changed += 1;
      }
    }
    expect(changed / (100 * 110)).toBeGreaterThan(0.95);
  });

  it('keeps to its half', async () => {
    const source = await makePhoto();
    const { colour } = await pixelate(source, 'pixelate the left half');
    const before = await sharp(source.bytes).raw().toBuffer();
    expect(colour(10, 200).equals(colour(11, 200))).toBe(true);
    const right = [...Array(200).keys()].map((x) => x + 280);
    for (const x of right) {
      const at = (200 * 480 + x) * 3;
      expect(colour(x, 200).equals(before.subarray(at, at + 3))).toBe(true);
    }
  });

  it('is the coarser, the more is asked for', async () => {
    const source = await makePhoto();
    const blocks: number[] = [];
    for (const request of ['pixelate it a bit', 'pixelate it', 'pixelate it a lot']) {
      const { instruction } = await pixelate(source, request);
      blocks.push(Number(/blocks of (\d+)/.exec(instruction)?.[1]));
    }
    expect(blocks).toEqual([...new Set(blocks)].toSorted((one, other) => one - other));
  });

  it('asks where the things are that it can not find', async () => {
    for (const request of ['blur out the license plate', 'censor the faces', 'blur her face']) {
      const { thought } = await develop(await makePhoto(), request);
      expect(thought).toMatchObject({ kind: 'question' });
      expect(thought?.kind === 'question' && thought.text).toMatch(/can't find .*box in pixels/);
    }
  });

  it('keeps transparency, 16 bits and large pictures', async () => {
    const clear = await encoded(
      sharp({ create: { width: 60, height: 40, channels: 4, background: '#3366cc00' } }).composite([
        {
          input: { create: { width: 30, height: 40, channels: 4, background: '#cc3333ff' } },
          left: 0,
          top: 0,
        },
        {
          input: { create: { width: 9, height: 9, channels: 4, background: '#33cc33ff' } },
          left: 5,
          top: 5,
        },
      ]),
      'png',
    );
    const { colour } = await pixelate(clear, 'pixelate in blocks of 12 px');
    expect(colour(55, 5)[3]).toBe(0);
    expect(colour(2, 38)[3]).toBe(255);
    // No colour comes from where nothing can be seen.
    expect([...colour(29, 38)].slice(0, 3)).toEqual([0xcc, 0x33, 0x33]);
    const deep = await encoded(sharp((await makePhoto()).bytes).toColourspace('rgb16'), 'png');
    await pixelate(deep, 'pixelate it');
    await pixelate(await makePhoto({ width: 2400, height: 1600 }), 'pixelate the bottom half');
  });

  it('never fails on tiny and odd pictures', async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 90],
      [90, 3],
    ] as const) {
      const create = { width, height, channels: 3, background: '#a0522d' } as const;
      for (const request of ['pixelate it', 'censor 0,0 to 1,1', 'pixelate the top left']) {
        const { thought } = await develop(await encoded(sharp({ create }), 'png'), request);
        expect(thought).toBeDefined();
      }
    }
  });
});
