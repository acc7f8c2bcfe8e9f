import { describe, expect, it } from 'vitest';

import { SURE, UNSURE } from '../../../../../src/pipeline/engines/darkroom/vision/found.ts';
import { overlap } from '../../../../../src/pipeline/engines/darkroom/vision/overlap.ts';
import { findSky } from '../../../../../src/pipeline/engines/darkroom/vision/sky.ts';
import { drawCopy, drawMask, oddCopies } from '../../../../support/copies.ts';

const gradient = (top: string, bottom: string): string =>
  `<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="480" height="200" fill="url(#g)"/>`;
const HILLS =
  '<path d="M0 190 L90 120 L170 180 L260 100 L360 190 L480 140 V320 H0 Z" fill="COLOUR"/>';
const TREE =
  '<path d="M330 320 L340 90 L350 320 Z" fill="COLOUR"/><circle cx="340" cy="90" r="50" fill="COLOUR"/>';
const LEAVES = Array.from({ length: 60 }, (_, leaf) => {
  const [x, y] = [60 + ((leaf * 37) % 150), ((leaf * 53) % 130) - 5];
  return `<ellipse cx="${x}" cy="${y}" rx="11" ry="6" fill="COLOUR"/>`;
}).join('');
const CLOUDS =
  '<g fill="#eef1f3"><ellipse cx="110" cy="50" rx="70" ry="18"/><ellipse cx="330" cy="70" rx="90" ry="22"/></g>';

const paint = (shape: string, colour: string): string => shape.replaceAll('COLOUR', colour);
const white = '<rect width="480" height="320" fill="#fff"/>';
const outside = (shape: string): string => white + paint(shape, '#000');

describe('finding the sky', () => {
  it.each([
    ['clear', gradient('#4f86c6', '#bcd3e6'), '', HILLS],
    ['with clouds', gradient('#4f86c6', '#a9c6df'), CLOUDS, HILLS],
    ['behind a tree', gradient('#5b92cf', '#c3d8e8'), '', HILLS + TREE],
  ])('finds one that is %s, and is sure of it', async (_, sky, clouds, ground) => {
    const copy = await drawCopy(sky + clouds + paint(ground, '#4d5c33'));
    const found = await findSky(copy);
    expect(overlap(found.mask.weights, await drawMask(outside(ground)))).toBeGreaterThan(0.95);
    expect(found.confidence).toBeGreaterThanOrEqual(SURE);
  });

  it.each([
    ['overcast', gradient('#c4c8cc', '#dfe1e2')],
    ['at sunset', gradient('#7a6a8f', '#f0a060')],
  ])('finds one that is %s', async (_, sky) => {
    const found = await findSky(await drawCopy(sky + paint(HILLS, '#3a3f2c')));
    expect(overlap(found.mask.weights, await drawMask(outside(HILLS)))).toBeGreaterThan(0.9);
    expect(found.confidence).toBeGreaterThanOrEqual(UNSURE);
  });

  it('finds one by night, and says that it is not sure', async () => {
    const found = await findSky(
      await drawCopy(gradient('#0b1230', '#1d2a4a') + paint(HILLS, '#4a4438')),
    );
    expect(overlap(found.mask.weights, await drawMask(outside(HILLS)))).toBeGreaterThan(0.85);
    expect(found.confidence).toBeLessThan(SURE);
  });

  it('sees what shows through leaves', async () => {
    const copy = await drawCopy(gradient('#5b92cf', '#c3d8e8') + paint(HILLS + LEAVES, '#2f3d1c'));
    const { mask } = await findSky(copy);
    expect(overlap(mask.weights, await drawMask(outside(HILLS + LEAVES)))).toBeGreaterThan(0.9);
  });

  it('does not take blue water below for it', async () => {
    const water = '<rect y="230" width="480" height="90" fill="#3f6fa5"/>';
    const copy = await drawCopy(gradient('#4f86c6', '#bcd3e6') + paint(HILLS, '#4d5c33') + water);
    const { mask } = await findSky(copy);
    expect(overlap(mask.weights, await drawMask(outside(HILLS)))).toBeGreaterThan(0.95);
  });

  it.each([
    [
      'a room',
      '<rect width="480" height="320" fill="#b58a63"/><rect y="220" width="480" height="100" fill="#6b4a30"/><rect x="150" y="120" width="180" height="140" fill="#3d5a45"/>',
    ],
    [
      'a sitter before a grey wall',
      '<rect width="480" height="320" fill="#b9b7b3"/><circle cx="240" cy="120" r="70" fill="#c98f6f"/><path d="M110 320 Q120 200 240 190 Q360 200 370 320 Z" fill="#333a4a"/>',
    ],
    [
      'foliage',
      '<rect width="480" height="320" fill="#4c6b2f"/><circle cx="200" cy="150" r="90" fill="#6d9440"/>',
    ],
    [
      'a thing on a white table',
      '<rect width="480" height="320" fill="#f4f4f2"/><circle cx="240" cy="160" r="80" fill="#a33a2c"/>',
    ],
  ])('finds none in %s', async (_, elements) => {
    expect((await findSky(await drawCopy(elements))).confidence).toBeLessThan(UNSURE);
  });

  it('is the same every time, and leaves the copy alone', async () => {
    const copy = await drawCopy(gradient('#4f86c6', '#a9c6df') + CLOUDS + paint(HILLS, '#4d5c33'), {
      grain: 30,
    });
    const before = copy.rgb.slice();
    const [one, other] = [await findSky(copy), await findSky(copy)];
    expect(Buffer.compare(other.mask.weights, one.mask.weights)).toBe(0);
    expect(other.confidence).toBe(one.confidence);
    expect(Buffer.compare(copy.rgb, before)).toBe(0);
  });

  it.each(oddCopies())('takes a picture that is %s', async (_, copy) => {
    const { mask, confidence } = await findSky(copy);
    expect([mask.width, mask.height, mask.weights.length]).toEqual([
      copy.width,
      copy.height,
      copy.width * copy.height,
    ]);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThan(SURE);
  });
});
