import { describe, expect, it } from 'vitest';

import { areaOf } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { falloffOf } from '../../../../../src/pipeline/engines/darkroom/measure/falloff.ts';
import { hazeOf } from '../../../../../src/pipeline/engines/darkroom/measure/haze.ts';
import { localContrastOf } from '../../../../../src/pipeline/engines/darkroom/measure/local-contrast.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { measured, painted } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

const TINY = [
  [1, 1],
  [1, 2000],
  [3, 2],
] as const;

describe('local contrast', () => {
  const stripes = (difference: number, period: number) =>
    measured(
      painted({ width: 400, height: 300 }, (x) =>
        Math.floor(x / period) % 2 === 0 ? [0.5, 0.5, 0.5] : Array(3).fill(0.5 + difference),
      ),
    );

  it('grows with the difference of neighbors', async () => {
    const [soft, bold] = [await stripes(0.05, 4), await stripes(0.2, 4)];
    expect(localContrastOf(bold) / localContrastOf(soft)).toBeCloseTo(3.8, 0);
  });

  it('does not count what changes slowly', async () => {
    const ramp = await measured(
      painted({ width: 400, height: 300 }, (x) => Array(3).fill(x / 400)),
    );
    expect(localContrastOf(ramp)).toBeLessThan(0.4);
    expect(localContrastOf(await stripes(0.2, 4))).toBeGreaterThan(8);
  });

  it('is asked of a part, and of what can be seen', async () => {
    const half = painted({ width: 400, height: 300, channels: 4 }, (x, y) => {
      const value = x < 200 ? 0.5 : (x + y) % 2;
      return [value, value, value, x < 200 ? 1 : 0];
    });
    const photo = await measured(half);
    expect(localContrastOf(photo)).toBeLessThan(0.01);
    const opaque = await measured({
      ...half,
      data: half.data.map((value, at) => (at % 4 === 3 ? 255 : value)),
    });
    expect(localContrastOf(opaque, await areaOf(opaque, 'right'))).toBeGreaterThan(40);
  });

  it.each(TINY)('of %d × %d pixels of one tone is none', async (width, height) => {
    expect(localContrastOf(await measured(painted({ width, height }, () => [1, 1, 1])))).toBe(0);
  });
});

describe('haze', () => {
  const hazy = async (share: number) => {
    const photo = await photoOf(await makePhoto());
    const { width, height, rgb } = photo.copy;
    return measured({
      data: rgb.map((value) => Math.round(value * (1 - share) + 222 * share)),
      width,
      height,
      channels: 3,
    });
  };

  it('is little in clear air, grows with what lies over the picture, and is all of fog', async () => {
    const percents: number[] = [];
    for (const share of [0, 0.25, 0.5, 0.75, 1]) percents.push(hazeOf(await hazy(share)).percent);
    expect(percents[0]).toBeLessThan(25);
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect(percents[4]).toBeGreaterThan(97);
    expect(percents[2]).toBeGreaterThan(45);
  });

  it('knows the color of the haze', async () => {
    const { airlight } = hazeOf(await hazy(0.8));
    for (const channel of airlight) expect(Math.abs(channel - 222 / 255)).toBeLessThan(0.06);
  });

  it('is little in strong colors and in a person before a white wall', async () => {
    const red = await measured(painted({ width: 200, height: 150 }, () => [0.8, 0.1, 0.1]));
    expect(hazeOf(red).percent).toBeLessThan(25);
    const portrait = await measured(
      painted({ width: 200, height: 150 }, (x, y) =>
        Math.hypot(x - 100, y - 100) < 75 ? [0.35, 0.2, 0.12] : [0.95, 0.95, 0.95],
      ),
    );
    expect(hazeOf(portrait).percent).toBeLessThan(40);
  });

  it.each(TINY)('of %d × %d black pixels is none', async (width, height) => {
    expect(hazeOf(await measured(painted({ width, height }, () => [0, 0, 0]))).percent).toBe(0);
  });
});

describe('falloff', () => {
  const shaded = (depth: number) =>
    measured(
      painted({ width: 300, height: 200 }, (x, y) => {
        const distance = Math.hypot(x / 150 - 1, y / 100 - 1) / Math.SQRT2;
        return Array(3).fill(0.7 - depth * distance ** 2);
      }),
    );

  it('is none in even light and grows with a vignette, most in the corners', async () => {
    const even = falloffOf(await shaded(0));
    expect([even.corners, even.edges]).toEqual([0, 0]);
    const [weak, strong] = [falloffOf(await shaded(0.2)), falloffOf(await shaded(0.4))];
    expect(weak.corners).toBeGreaterThan(10);
    expect(strong.corners).toBeGreaterThan(weak.corners * 1.8);
    expect(weak.edges).toBeGreaterThan(3);
    expect(weak.edges).toBeLessThan(weak.corners);
  });

  it('is negative where the corners are lighter', async () => {
    expect(falloffOf(await shaded(-0.2)).corners).toBeLessThan(-10);
  });

  it.each(TINY)('of %d × %d pixels is a number', async (width, height) => {
    const { corners, edges } = falloffOf(
      await measured(painted({ width, height }, () => [1, 1, 1])),
    );
    expect([Math.abs(corners), Math.abs(edges)].every((value) => value <= 100)).toBe(true);
  });
});
