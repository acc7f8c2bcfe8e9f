import { describe, expect, it } from 'vitest';

import { areaOf } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { noiseOf } from '../../../../../src/pipeline/engines/darkroom/measure/noise.ts';
import { drawn, measured, noisy, normals, painted } from '../../../../support/drawn.ts';

const SCENE = `<defs><linearGradient id="g" x2="0.3" y2="1"><stop stop-color="#7f9fc4"/><stop offset="1" stop-color="#d8d2c4"/></linearGradient></defs>
  <rect width="600" height="400" fill="url(#g)"/><rect x="80" y="180" width="150" height="220" fill="#7a4a3a"/><circle cx="430" cy="290" r="90" fill="#4c6a42"/>`;

/** Half of the scene covered with hard blades of grass. */
const GRASS = (() => {
  const random = normals(3);
  return Array.from(
    { length: 2400 },
    () =>
      `<path d="M${300 + random() * 150} ${330 + random() * 40} l${random() * 4} -16" stroke="#${random() > 0 ? '2f4420' : '9ab05c'}" stroke-width="2"/>`,
  ).join('');
})();

describe('the noise of made pictures', () => {
  it.each([1, 2.5, 5, 10])('is what was added: %d of 255', async (added) => {
    const clean = await drawn(600, 400, SCENE);
    const { lightness } = noiseOf(await measured(noisy(clean, added)));
    // One step of a grey byte is about 0.4 L* in the mid-tones.
    expect(lightness / (added * 0.39)).toBeGreaterThan(0.8);
    expect(lightness / (added * 0.39)).toBeLessThan(1.25);
  });

  it('of a clean drawing is none', async () => {
    const { lightness, a, b } = noiseOf(await measured(await drawn(600, 400, SCENE)));
    expect(Math.max(lightness, a, b)).toBeLessThan(0.3);
  });

  it('is not what texture is', async () => {
    const meadow = await drawn(600, 400, SCENE + GRASS);
    expect(noiseOf(await measured(meadow)).lightness).toBeLessThan(0.4);
    const { lightness } = noiseOf(await measured(noisy(meadow, 5)));
    expect(lightness / (5 * 0.39)).toBeGreaterThan(0.8);
    expect(lightness / (5 * 0.39)).toBeLessThan(1.4);
  });

  it('of colors shows in a* and b*', async () => {
    const clean = await drawn(600, 400, SCENE);
    const grey = noiseOf(await measured(noisy(clean, 6, 0)));
    const coloured = noiseOf(await measured(noisy(clean, 0, 6)));
    expect(Math.max(grey.a, grey.b)).toBeLessThan(0.6);
    expect(Math.min(coloured.a, coloured.b)).toBeGreaterThan(2);
  });

  it('can be asked of a part', async () => {
    const clean = await drawn(600, 400, SCENE);
    const left = noisy(clean, 8);
    const data = clean.data.slice();
    for (let y = 0; y < 400; y += 1) {
      const from = y * 600 * 3;
      data.set(left.data.subarray(from, from + 300 * 3), from);
    }
    const photo = await measured({ ...clean, data });
    expect(noiseOf(photo, await areaOf(photo, 'left')).lightness).toBeGreaterThan(2);
    expect(noiseOf(photo, await areaOf(photo, 'right')).lightness).toBeLessThan(0.3);
  });

  it.each([
    [1, 1],
    [1, 2000],
    [12, 12],
  ])('of %d × %d white pixels is none', async (width, height) => {
    const photo = await measured(painted({ width, height }, () => [1, 1, 1]));
    expect(noiseOf(photo)).toEqual({ lightness: 0, a: 0, b: 0 });
  });
});
