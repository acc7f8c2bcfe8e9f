import { describe, expect, it } from 'vitest';

import type { Mask } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import type { Copy } from '../../../../../src/pipeline/engines/darkroom/vision/copy.ts';
import { inpaint } from '../../../../../src/pipeline/engines/darkroom/vision/inpaint.ts';
import {
  findSpots,
  maskOfSpots,
  type Spot,
} from '../../../../../src/pipeline/engines/darkroom/vision/spots.ts';
import { drawCopy, drawMask, oddCopies } from '../../../../support/copies.ts';

const SKY =
  '<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#5b92cf"/><stop offset="1" stop-color="#c3d8e8"/></linearGradient></defs><rect width="480" height="320" fill="url(#g)"/>';
const DUST =
  '<circle cx="70" cy="60" r="4" fill="COLOUR"/><circle cx="300" cy="90" r="6" fill="COLOUR"/><circle cx="410" cy="220" r="3.5" fill="COLOUR"/>';
const STAMP =
  '<text x="330" y="300" font-family="DejaVu Sans" font-weight="bold" font-size="20" fill="COLOUR">98 7 24</text>';
const LOGO = '<circle cx="60" cy="270" r="17" fill="COLOUR"/>';

const paint = (shape: string, colour: string): string => shape.replaceAll('COLOUR', colour);
const draw = (shape: string, colour: string): Promise<Copy> => drawCopy(SKY + paint(shape, colour));
const truthOf = (shape: string): Promise<Uint8Array> => drawMask(paint(shape, '#fff'));

/** Share of the true pixels that a mask covers, and share of the mask's pixels that are near true ones. */
function covered(mask: Mask, truth: Uint8Array): { found: number; strayed: number } {
  let [hit, all, stray, masked] = [0, 0, 0, 0];
  for (const [at, weight] of mask.weights.entries()) {
    if (truth[at] === 255) {
      all += 1;
      if (weight > 0) hit += 1;
    }
    if (weight === 0) continue;
    masked += 1;
    let near = false;
    for (let row = -7; row <= 7; row += 1) {
      for (let column = -7; column <= 7; column += 1) {
        if (truth[at + row * mask.width + column] === 255) near = true;
      }
    }
    if (!near) stray += 1;
  }
  return { found: hit / all, strayed: stray / Math.max(1, masked) };
}

describe('finding spots', () => {
  it.each([
    ['dark dust', DUST, '#3a4450', 3],
    ['bright dust', DUST, '#ffffff', 3],
    ['a date stamp', STAMP, '#ff8c1a', 1],
    ['a logo', LOGO, '#20242c', 1],
  ])('finds %s, whole and nothing else', async (_, shape, colour, count) => {
    const copy = await draw(shape, colour);
    const spots = await findSpots(copy);
    expect(spots.length).toBe(count);
    for (const { strength } of spots) expect(strength).toBeGreaterThan(0.6);
    const { found, strayed } = covered(maskOfSpots(spots, copy), await truthOf(shape));
    expect(found).toBeGreaterThan(0.97);
    expect(strayed).toBe(0);
  });

  it('leaves nothing of them once they are filled', async () => {
    const copy = await draw(DUST + STAMP, '#ff8c1a');
    const clean = await drawCopy(SKY, { grain: 0 });
    const truth = await truthOf(DUST + STAMP);
    const pixels = { data: copy.rgb.slice(), width: 480, height: 320, channels: 3 as const };
    const mask = maskOfSpots(await findSpots(copy), copy);
    await inpaint(pixels, mask, { signal: new AbortController().signal });
    let most = 0;
    for (const [at, inside] of truth.entries()) {
      if (inside === 0) continue;
      for (let channel = at * 3; channel < at * 3 + 3; channel += 1) {
        most = Math.max(most, Math.abs((pixels.data[channel] ?? 0) - (clean.rgb[channel] ?? 0)));
      }
    }
    // The grain alone is 4.
    expect(most).toBeLessThan(16);
    expect(await findSpots({ width: 480, height: 320, rgb: pixels.data })).toEqual([]);
  });

  it('keeps to a part of the picture', async () => {
    const copy = await draw(DUST, '#3a4450');
    const corner = { width: 2, height: 2, weights: Uint8Array.of(255, 0, 0, 0) };
    const [spot, ...others] = await findSpots(copy, corner);
    expect(others).toEqual([]);
    expect(spot?.box.left).toBeLessThan(70);
    expect((spot?.box.left ?? 0) + (spot?.box.width ?? 0)).toBeGreaterThan(70);
  });

  it('names the one first that stands out most', async () => {
    const faint = '<circle cx="120" cy="200" r="6" fill="#8fa9c2"/>';
    const spots = await findSpots(await drawCopy(SKY + faint + paint(LOGO, '#101418')));
    expect(spots[0]?.box.top).toBeGreaterThan(240);
    const strengths = spots.map(({ strength }) => strength);
    expect(strengths).toEqual(strengths.toSorted((one, other) => other - one));
  });

  it('takes neither large things, nor lines, nor grain for spots', async () => {
    const things =
      '<rect y="200" width="480" height="120" fill="#556b2f"/><circle cx="240" cy="130" r="60" fill="#b8402e"/><path d="M0 40 L480 70" stroke="#222" stroke-width="2"/>';
    expect(await findSpots(await drawCopy(SKY + things, { grain: 40 }))).toEqual([]);
  });

  it('is the same every time, and leaves the copy alone', async () => {
    const copy = await draw(DUST + LOGO, '#3a4450');
    const before = copy.rgb.slice();
    expect(await findSpots(copy)).toEqual(await findSpots(copy));
    expect(Buffer.compare(copy.rgb, before)).toBe(0);
  });

  it.each(oddCopies())('takes a picture that is %s', async (_, copy) => {
    for (const { box, cover, strength } of await findSpots(copy)) {
      expect(cover.length).toBe(box.width * box.height);
      expect(box.left + box.width).toBeLessThanOrEqual(copy.width);
      expect(box.top + box.height).toBeLessThanOrEqual(copy.height);
      expect(strength).toBeLessThanOrEqual(1);
    }
  });

  it('lays no spots over a picture without any', () => {
    const none: Spot[] = [];
    const mask = maskOfSpots(none, { width: 3, height: 2, rgb: new Uint8Array(18) });
    expect(mask).toEqual({ width: 3, height: 2, weights: new Uint8Array(6) });
  });
});
