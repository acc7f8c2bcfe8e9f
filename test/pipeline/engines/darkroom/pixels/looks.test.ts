import { describe, expect, it } from 'vitest';

import { hazeOf } from '../../../../../src/pipeline/engines/darkroom/measure/haze.ts';
import { localContrastOf } from '../../../../../src/pipeline/engines/darkroom/measure/local-contrast.ts';
import { noiseOf } from '../../../../../src/pipeline/engines/darkroom/measure/noise.ts';
import type { Photo } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { clarity } from '../../../../../src/pipeline/engines/darkroom/pixels/clarity.ts';
import { dehaze } from '../../../../../src/pipeline/engines/darkroom/pixels/dehaze.ts';
import { equalize } from '../../../../../src/pipeline/engines/darkroom/pixels/equalize.ts';
import { addFog } from '../../../../../src/pipeline/engines/darkroom/pixels/fog.ts';
import { addGrain } from '../../../../../src/pipeline/engines/darkroom/pixels/grain.ts';
import {
  openImage,
  toPixels,
  type Pixels,
} from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { CALL, drawn, measured, painted } from '../../../../support/drawn.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

const scene = async (conditions: Conditions = {}): Promise<Pixels> =>
  toPixels((await openImage(await makePhoto(conditions))).sharp, false);

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean angle between the hues of two pictures where both have color, degrees. */
function hueShift(one: Photo, other: Photo): number {
  let sum = 0;
  let weights = 0;
  for (let at = 0; at < one.a.length; at += 1) {
    const [a, b] = [one.a[at] as number, one.b[at] as number];
    const [c, d] = [other.a[at] as number, other.b[at] as number];
    const weight = Math.hypot(a, b) * Math.hypot(c, d);
    if (weight < 200) continue;
    sum += weight * Math.abs(Math.atan2(a * d - b * c, a * c + b * d));
    weights += weight;
  }
  return ((sum / Math.max(1e-9, weights)) * 180) / Math.PI;
}

const meanChroma = ({ a, b }: Photo): number =>
  mean(a.map((value, at) => Math.hypot(value, b[at] as number)));

describe('clarity', () => {
  it('raises local contrast with its strength, and lowers it below zero', async () => {
    const pixels = await scene();
    const contrasts: number[] = [];
    for (const strength of [-0.8, -0.4, 0, 0.5, 1, 2]) {
      contrasts.push(localContrastOf(await measured(await clarity(pixels, { strength }, CALL))));
    }
    expect(contrasts).toEqual(contrasts.toSorted((one, other) => one - other));
    expect((contrasts[4] ?? 0) / (contrasts[2] ?? 1)).toBeGreaterThan(1.15);
    expect((contrasts[0] ?? 1) / (contrasts[2] ?? 1)).toBeLessThan(0.9);
  });

  it('leaves brightness and hues', async () => {
    const pixels = await scene();
    const [before, after] = [
      await measured(pixels),
      await measured(await clarity(pixels, { strength: 1 }, CALL)),
    ];
    expect(Math.abs(mean(after.lightness) - mean(before.lightness))).toBeLessThan(2);
    expect(hueShift(before, after)).toBeLessThan(1.5);
    expect(meanChroma(after) / meanChroma(before)).toBeGreaterThan(0.93);
    expect(meanChroma(after) / meanChroma(before)).toBeLessThan(1.08);
  });

  it('puts no halo along a hard edge', async () => {
    const pixels = await drawn(
      600,
      400,
      '<rect width="600" height="400" fill="#c8c8c8"/><rect width="300" height="400" fill="#404040"/>',
    );
    const after = await clarity(pixels, { strength: 1.5 }, CALL);
    const at = (x: number): number => after.data[(200 * 600 + x) * 3] as number;
    // The two pixels at the edge itself may be crisper.
    for (let x = 20; x < 297; x += 1) expect(Math.abs(at(x) - 0x40)).toBeLessThanOrEqual(5);
    for (let x = 303; x < 580; x += 1) expect(Math.abs(at(x) - 0xc8)).toBeLessThanOrEqual(5);
  });
});

describe('equalize', () => {
  it('spreads tones that lie close together, and leaves hues', async () => {
    const pixels = await scene({ contrast: 0.4 });
    const [before, after] = [
      await measured(pixels),
      await measured(await equalize(pixels, { strength: 1 }, CALL)),
    ];
    expect(localContrastOf(after) / localContrastOf(before)).toBeGreaterThan(1.4);
    expect(hueShift(before, after)).toBeLessThan(2);
  });

  it('keeps the order of tones at one place and shows no tiles in a slope', async () => {
    const slope = painted({ width: 480, height: 320 }, (x) => Array(3).fill(0.2 + (0.6 * x) / 480));
    const { data } = await equalize(slope, { strength: 1, limit: 4 }, CALL);
    for (let x = 0; x + 4 < 480; x += 1) {
      const [here, next] = [
        data[(100 * 480 + x) * 3] as number,
        data[(100 * 480 + x + 4) * 3] as number,
      ];
      expect(Math.abs(next - here)).toBeLessThan(14);
    }
  });

  it('amplifies no more than its limit', async () => {
    const flat = await measured(
      painted({ width: 300, height: 200 }, (x, y) => Array(3).fill(0.5 + ((x + y) % 2) * 0.02)),
    );
    const after = await measured(
      await equalize(
        { data: flat.copy.rgb, width: 300, height: 200, channels: 3 },
        { strength: 1, limit: 2 },
        CALL,
      ),
    );
    expect(localContrastOf(after) / localContrastOf(flat)).toBeLessThan(2.3);
  });
});

describe('dehaze and fog', () => {
  it('takes haze away that was laid over a picture, and gives colors back', async () => {
    const clear = await scene();
    const data = clear.data.map((value) => Math.round(value * 0.5 + 225 * 0.5));
    const hazy = await measured({ ...clear, data });
    const after = await measured(await dehaze({ ...clear, data }, { strength: 0.75 }, CALL));
    const was = await measured(clear);
    expect(hazeOf(after).percent).toBeLessThan(0.6 * hazeOf(hazy).percent);
    expect(meanChroma(after)).toBeGreaterThan(0.75 * meanChroma(was));
    expect(meanChroma(after)).toBeLessThan(1.3 * meanChroma(was));
    expect(hueShift(was, after)).toBeLessThan(8);
  });

  it('does the more the stronger it is', async () => {
    const clear = await scene();
    const hazy = { ...clear, data: clear.data.map((value) => Math.round(value * 0.5 + 112)) };
    const percents: number[] = [];
    for (const strength of [0, 0.3, 0.6, 1]) {
      percents.push(hazeOf(await measured(await dehaze(hazy, { strength }, CALL))).percent);
    }
    expect(percents).toEqual(percents.toSorted((one, other) => other - one));
  });

  it('adds fog that thickens towards the top', async () => {
    const pixels = await scene();
    const before = await measured(pixels);
    const percents: number[] = [];
    for (const strength of [0, 0.3, 0.6, 0.9]) {
      percents.push(hazeOf(await measured(await addFog(pixels, { strength }, CALL))).percent);
    }
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect((percents[2] ?? 0) - (percents[0] ?? 0)).toBeGreaterThan(20);
    const after = await measured(await addFog(pixels, { strength: 0.6 }, CALL));
    const spread = (photo: Photo, from: number, to: number): number => {
      const part = photo.lightness.slice(from * 480 * 320, to * 480 * 320);
      const middle = mean(part);
      return Math.sqrt(mean(part.map((value) => (value - middle) ** 2)));
    };
    const left = (from: number, to: number) => spread(after, from, to) / spread(before, from, to);
    expect(left(0, 0.4)).toBeLessThan(left(0.75, 1) * 0.85);
  });
});

describe('grain', () => {
  it.each([2, 5])(
    'of amount %d is that strong in the mid-tones, and of light alone',
    async (amount) => {
      const grey = painted({ width: 600, height: 400 }, () => [0.5, 0.5, 0.5]);
      const { lightness, a, b } = noiseOf(await measured(await addGrain(grey, { amount }, CALL)));
      expect(lightness / amount).toBeGreaterThan(0.8);
      expect(lightness / amount).toBeLessThan(1.3);
      expect(Math.max(a, b)).toBeLessThan(0.1);
    },
  );

  it('is strongest in the mid-tones and none at the ends', async () => {
    const strays: number[] = [];
    for (const tone of [0, 0.1, 0.5, 0.9, 1]) {
      const { data } = await addGrain(
        painted({ width: 200, height: 200, deep: true }, () => [tone, tone, tone]),
        { amount: 5 },
        CALL,
      );
      const values = Array.from(data);
      const average = values.reduce((sum, value) => sum + value, 0) / values.length;
      strays.push(
        Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / data.length),
      );
    }
    const [black = NaN, dark = NaN, middle = NaN, light = NaN, white = NaN] = strays;
    expect([black, white]).toEqual([0, 0]);
    expect(middle).toBeGreaterThan(2 * dark);
    expect(middle).toBeGreaterThan(2 * light);
  });

  it('keeps the brightness, and another seed is another pattern', async () => {
    const grey = painted({ width: 300, height: 200 }, () => [0.4, 0.5, 0.6]);
    const [one, other] = [
      await addGrain(grey, { amount: 5, seed: 1 }, CALL),
      await addGrain(grey, { amount: 5, seed: 2 }, CALL),
    ];
    expect(one.data).not.toEqual(other.data);
    const [before, after] = [await measured(grey), await measured(one)];
    expect(Math.abs(mean(after.lightness) - mean(before.lightness))).toBeLessThan(0.3);
    expect(hueShift(before, after)).toBeLessThan(1);
  });

  it('is as coarse as the picture is large', async () => {
    const likeness = async (width: number): Promise<number> => {
      const { data } = await addGrain(
        painted({ width, height: 120 }, () => [0.5, 0.5, 0.5]),
        { amount: 6 },
        CALL,
      );
      let both = 0;
      let squares = 0;
      for (let at = 0; at + 3 < data.length; at += 3) {
        both += ((data[at] as number) - 127.5) * ((data[at + 3] as number) - 127.5);
        squares += ((data[at] as number) - 127.5) ** 2;
      }
      return both / squares;
    };
    expect(await likeness(800)).toBeLessThan(0.1);
    expect(await likeness(4000)).toBeGreaterThan(0.4);
  });
});
