import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { areaOf } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { notFound } from '../../../../../src/pipeline/engines/darkroom/measure/area-note.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { shareOf } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import {
  boxRegion,
  otherThan,
  PART_NAMES,
  type Region,
} from '../../../../../src/pipeline/engines/darkroom/pixels/region.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';

/** Six fields of color side by side, each of a sixth of the width. */
const COLOURS = ['#c22020', '#2e8b3a', '#2b50c8', '#f2f2f2', '#808080', '#111111'] as const;

async function fields() {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">${COLOURS.map(
    (color, index) => `<rect x="${index * 50}" width="50" height="100" fill="${color}"/>`,
  ).join('')}</svg>`;
  return photoOf(await encoded(sharp(Buffer.from(drawing)).removeAlpha(), 'png'));
}

async function weightIn(region: Region, field: number): Promise<number> {
  const { mask } = await areaOf(await fields(), region);
  return (mask?.weights[50 * 300 + field * 50 + 25] ?? 255) / 255;
}

describe('an area', () => {
  it.each([
    ['red', 0],
    ['green', 1],
    ['blue', 2],
    ['white', 3],
    ['gray', 4],
    ['black', 5],
  ] as const)('of a color holds that color alone: %s', async (color, field) => {
    for (const index of COLOURS.keys()) {
      const weight = await weightIn(color, index);
      if (index === field) expect(weight).toBeGreaterThan(0.9);
      else expect(weight).toBeLessThan(0.1);
      expect(await weightIn(`not ${color}`, index)).toBeCloseTo(1 - weight, 1);
    }
  });

  it('of dark, middle and light tones covers every pixel once', async () => {
    const photo = await photoOf(await makePhoto());
    const [dark, middle, light] = await Promise.all(
      (['shadows', 'midtones', 'highlights'] as const).map((part) => areaOf(photo, part)),
    );
    for (let pixel = 0; pixel < photo.lightness.length; pixel += 997) {
      const sum = [dark, middle, light].reduce(
        (total, area) => total + (area?.mask?.weights[pixel] ?? 0),
        0,
      );
      expect(Math.abs(sum - 255)).toBeLessThan(6);
    }
  });

  it('of a box lies where the box is in the full picture', async () => {
    const big = await photoOf(await makePhoto({ width: 2400, height: 1600 }));
    const region = boxRegion({ left: 600, top: 400, width: 1200, height: 800 });
    const { mask } = await areaOf(big, region);
    expect(mask && shareOf(mask)).toBeCloseTo(0.25, 2);
    const outside = await areaOf(big, boxRegion({ left: 5000, top: 0, width: 10, height: 10 }));
    expect(notFound(outside)).toMatch(/outside/);
  });

  it('that is not there is said not to be there', async () => {
    const grey = await photoOf(await makePhoto({ saturation: 0 }));
    expect(notFound(await areaOf(grey, 'red'))).toMatch(
      /nothing that could be called the red parts/,
    );
    expect(notFound(await areaOf(grey, 'not red'))).toBeDefined();
    expect(notFound(await areaOf(grey, 'top'))).toBeUndefined();
  });

  it('is found on any picture, however odd, and is kept', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 300],
      [300, 2],
    ] as const) {
      const background = { r: 255, g: 255, b: 255, alpha: 0 };
      const odd = await photoOf(
        await encoded(sharp({ create: { width, height, channels: 4, background } }), 'png'),
      );
      for (const part of PART_NAMES) {
        const area = await areaOf(odd, part);
        expect(await areaOf(odd, part)).toBe(area);
        const other = otherThan(part);
        if (other !== undefined) expect((await areaOf(odd, other)).region).toBe(other);
      }
    }
  });
});
