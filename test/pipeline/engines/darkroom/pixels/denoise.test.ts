import { describe, expect, it } from 'vitest';

import { noiseOf } from '../../../../../src/pipeline/engines/darkroom/measure/noise.ts';
import { denoise } from '../../../../../src/pipeline/engines/darkroom/pixels/denoise.ts';
import type { Pixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { CALL, drawn, measured, noisy } from '../../../../support/drawn.ts';

const SCENE = `<defs><linearGradient id="g" x2="0.3" y2="1"><stop stop-color="#7f9fc4"/><stop offset="1" stop-color="#cfc8ba"/></linearGradient></defs>
  <rect width="600" height="400" fill="url(#g)"/><rect x="100" y="150" width="150" height="150" fill="#7a4a3a"/><circle cx="430" cy="250" r="90" fill="#4c6a42"/>
  <path d="M20 60 h560" stroke="#333" stroke-width="2"/>`;
const clean = drawn(600, 400, SCENE);

const greenAt = ({ data, width }: Pixels, x: number, y: number): number =>
  data[(y * width + x) * 3 + 1] as number;

/** The steepest step of green across the left side of the brown square, as a mean of its rows. */
function steepness(pixels: Pixels): number {
  let steepest = 0;
  for (let x = 95; x < 105; x += 1) {
    let sum = 0;
    for (let y = 170; y < 280; y += 1) sum += greenAt(pixels, x, y) - greenAt(pixels, x + 1, y);
    steepest = Math.max(steepest, Math.abs(sum / 110));
  }
  return steepest;
}

/** How far pixels lie from the clean picture, root mean square. */
function error(pixels: Pixels, from: Pixels): number {
  let squares = 0;
  for (const [at, value] of pixels.data.entries())
    squares += (value - (from.data[at] as number)) ** 2;
  return Math.sqrt(squares / pixels.data.length);
}

describe('denoise', () => {
  it.each([
    [0.7, 5],
    [1, 8],
    [2, 8],
    [3, 12],
  ])('at strength %d takes the wished share of noise %d', async (strength, sigma) => {
    const before = noisy(await clean, sigma, sigma / 2);
    const after = await denoise(before, { strength }, CALL);
    const [was, is] = [noiseOf(await measured(before)), noiseOf(await measured(after))];
    const wished = Math.exp(-strength);
    expect(is.lightness / was.lightness).toBeGreaterThan(wished * 0.6);
    expect(is.lightness / was.lightness).toBeLessThan(wished * 1.2 + 0.06);
    expect(is.a / was.a).toBeLessThan(wished * 1.2 + 0.06);
    expect(is.b / was.b).toBeLessThan(wished * 1.2 + 0.06);
  });

  it.each([1, 2, 3])('at strength %d keeps the gradient of edges', async (strength) => {
    const before = noisy(await clean, 8, 4);
    const after = await denoise(before, { strength }, CALL);
    expect(steepness(after) / steepness(before)).toBeGreaterThan(0.85);
  });

  it('keeps a thin line', async () => {
    const after = await denoise(noisy(await clean, 8, 4), { strength: 2 }, CALL);
    const depth = (pixels: Pixels): number => {
      let sum = 0;
      for (let x = 40; x < 560; x += 1) sum += greenAt(pixels, x, 52) - greenAt(pixels, x, 59);
      return sum / 520;
    };
    expect(depth(after) / depth(await clean)).toBeGreaterThan(0.85);
  });

  it('comes nearer to the picture without noise', async () => {
    const before = noisy(await clean, 8, 4);
    const after = await denoise(before, { strength: 2 }, CALL);
    expect(error(after, await clean)).toBeLessThan(0.4 * error(before, await clean));
  });

  it('leaves a picture without noise nearly as it is', async () => {
    const after = await denoise(await clean, { strength: 3 }, CALL);
    expect(error(after, await clean)).toBeLessThan(0.6);
  });
});
