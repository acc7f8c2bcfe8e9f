import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';
import { bitmapOf } from '../../../../support/pixel-access.ts';

/** The box of all pixels of the result that differ from the source, in pixels. */
async function changed(photo: Awaited<ReturnType<typeof makePhoto>>, request: string) {
  const result = await develop(photo, request);
  const [before, after] = [await bitmapOf(photo), await bitmapOf(answer(result).image)];
  let [left, top, right, bottom, count] = [before.width, before.height, -1, -1, 0];
  for (let y = 0; y < before.height; y += 1) {
    for (let x = 0; x < before.width; x += 1) {
      if (before.at(x, y).join() === after.at(x, y).join()) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      count += 1;
    }
  }
  return { result, left, top, right, bottom, count };
}

const gray = () =>
  encoded(
    sharp({ create: { width: 480, height: 320, channels: 3, background: '#505050' } }),
    'png',
  );

describe('captions', () => {
  it.each([
    ['write "Hi" at the top left', 0, 0],
    ['write "Hi" at the top right', 1, 0],
    ['write "Hi" in the bottom left corner', 0, 1],
    ['write "Hi" in the bottom right corner', 1, 1],
    ['write "Hi" in the center', 0.5, 0.5],
    ['write "Hi" in the lower third', 0.5, 0.75],
    ['put © 2024 Mia in the corner', 1, 1],
  ])('lie where they are wanted: %s', async (request, x, y) => {
    const { result, left, right, top, bottom } = await changed(await gray(), request);
    expect(result.stopReason).toBe('success');
    const at = (low: number, high: number, side: number, wanted: number): number =>
      wanted === 0 ? low / side : wanted === 1 ? high / side : (low + high) / 2 / side;
    expect(Math.abs(at(left, right, 480, x) - x)).toBeLessThan(0.06);
    expect(Math.abs(at(top, bottom, 320, y) - y)).toBeLessThan(0.08);
  });

  it('have the size and the color that are asked for', async () => {
    const small = await changed(await gray(), 'write 20px "HHH" in the center');
    const large = await changed(await gray(), 'write 60px "HHH" in the center');
    const ratio = (large.bottom - large.top) / (small.bottom - small.top);
    expect(ratio).toBeGreaterThan(2.6);
    expect(ratio).toBeLessThan(3.4);
    const hex = await changed(await gray(), 'write "HHH" in big #00ff88 letters in the center');
    const bitmap = await bitmapOf(answer(hex.result).image);
    const row = Array.from({ length: 480 }, (_, x) => bitmap.at(x, 160).slice(0, 3).join());
    expect(row).toContain('0,255,136');
  });

  it('let the picture through when they are to', async () => {
    const { result } = await changed(
      await gray(),
      'write "HHH" at 50% opacity in white in the center',
    );
    const bitmap = await bitmapOf(answer(result).image);
    const brightest = Math.max(...Array.from({ length: 480 }, (_, x) => bitmap.at(x, 160)[0]));
    expect(Math.abs(brightest - (255 + 80) / 2)).toBeLessThan(4);
  });

  it('make a meme: upper case, at the top and at the bottom', async () => {
    const photo = await makePhoto();
    const { result, top, bottom } = await changed(
      photo,
      'meme: "when it works" / "the first time"',
    );
    expect(result.stopReason).toBe('success');
    const { instruction } = answer(result);
    expect(instruction).toContain('"WHEN IT WORKS" at the top');
    expect(instruction).toContain('"THE FIRST TIME" at the bottom');
    expect(instruction).toContain('bold outlined white letters');
    expect(top).toBeLessThan(20);
    expect(bottom).toBeGreaterThan(300);
  });

  it('leave the rest of their clause to others', async () => {
    const { image } = answer(await develop(await makePhoto(), 'square with the caption "Autumn"'));
    expect(image.width).toBe(image.height);
  });

  it('ask for a text where there is none', async () => {
    for (const request of ['add a caption', 'add a watermark', 'make it a meme']) {
      const { thought } = await develop(await gray(), request);
      expect(thought).toMatchObject({ kind: 'question', text: expect.stringContaining('quotes') });
    }
  });
});

describe('watermarks', () => {
  it.each([
    ['watermark it © Mia', 5, 40],
    ['add a faint diagonal watermark saying SAMPLE', 3, 20],
    ['add a tiled watermark "PROOF"', 5, 40],
    ['add a tiled black watermark "PROOF" at 20% opacity', 2, 30],
  ])('%s: to be seen, and not to dominate', async (request, least, most) => {
    for (const stops of [-2, 0, 1.5]) {
      const photo = await makePhoto({ stops });
      const { result, count } = await changed(photo, request);
      expect(result.stopReason).toBe('success');
      expect(count).toBeGreaterThan(100);
      const critique = answer(result).reflection?.critique ?? '';
      const strength = Number(/visibility of the watermark is (\d+)/.exec(critique)?.[1]);
      expect(strength).toBeGreaterThanOrEqual(least);
      expect(strength).toBeLessThanOrEqual(most);
    }
  });

  it('are spread over all of the picture, or across it, or kept to a corner', async () => {
    const tiled = await changed(await gray(), 'add a tiled watermark "PROOF"');
    expect([tiled.left < 30, tiled.right > 450, tiled.top < 30, tiled.bottom > 290]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const across = await changed(await gray(), 'add a diagonal watermark "PROOF"');
    expect(across.right - across.left).toBeGreaterThan(200);
    expect(Math.abs((across.left + across.right) / 2 - 240)).toBeLessThan(20);
    const corner = await changed(await gray(), 'watermark it "Mia"');
    expect(corner.left).toBeGreaterThan(300);
    expect(corner.top).toBeGreaterThan(240);
  });

  it('do not disturb what is measured of the picture', async () => {
    const request = 'make it brighter, watermark it © Mia and add a white border';
    const result = await develop(await makePhoto({ stops: -1.2 }), request);
    expect(result.stopReason).toBe('success');
  });
});
