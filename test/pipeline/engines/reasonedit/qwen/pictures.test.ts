import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { patchify } from '../../../../../src/pipeline/engines/reasonedit/qwen/patches.ts';
import { positionsOf } from '../../../../../src/pipeline/engines/reasonedit/qwen/positions.ts';
import {
  shownSize,
  smartResize,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/smart-resize.ts';
import { visionLayout } from '../../../../../src/pipeline/engines/reasonedit/qwen/vision-layout.ts';
import { FILTERS, resampleBytes } from '../../../../../src/pipeline/engines/reasonedit/resample.ts';
import {
  FACTS,
  gradient,
  largestDifference,
  referenceTensors,
} from '../../../../support/qwen-reference.ts';

const SIZES = { patch_size: 14, temporal_patch_size: 2, spatial_merge_size: 2, window_size: 112 };

/** One of 255 levels, as the normalization widens it most. */
const ONE_LEVEL = 1 / 255 / 0.26130258 + 1e-6;

describe('a picture for the model', () => {
  it.each(
    FACTS.sizes.filter(
      ({ width, height }) => Math.max(width, height) / Math.min(width, height) <= 200,
    ),
  )(
    'of $width × $height, $min to $max pixels, is shown in the size of the reference',
    ({ width, height, min, max, size: [tall, wide] }) => {
      expect(smartResize({ width, height }, 28, { min, max })).toEqual({
        width: wide,
        height: tall,
      });
    },
  );

  it.each(FACTS.shown_sizes)(
    'of $width × $height is thought about in the size of the released loop',
    ({ width, height, size: [tall, wide] }) => {
      expect(shownSize({ width, height }, 28)).toEqual({ width: wide, height: tall });
    },
  );

  it('is in whole tokens and within its pixels, whatever its sides', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const size = smartResize({ width, height }, 28, { min: 262_144, max: 802_816 });
        expect(size.width % 28).toBe(0);
        expect(size.height % 28).toBe(0);
        expect(size.width).toBeGreaterThan(0);
        expect(size.width * size.height).toBeLessThanOrEqual(802_816);
        expect(size.width * size.height).toBeGreaterThanOrEqual(262_144 * 0.5);
      }),
    );
  });

  it('has the pixel values of the reference', async () => {
    const wanted = await (await referenceTensors('float32')).read('pixel_values');
    const exact = patchify(gradient(196, 140), SIZES);
    expect(exact.grid).toEqual({ rows: 10, columns: 14 });
    expect(largestDifference(exact.values, wanted.slice(0, 140 * 1176))).toBeLessThan(1e-6);
    const size = smartResize({ width: 90, height: 133 }, 28, { min: 4 * 784, max: 40 * 784 });
    const scaled = resampleBytes(gradient(90, 133), size.width, size.height, FILTERS.cubic);
    const { values } = patchify(scaled, SIZES);
    expect(largestDifference(values, wanted.slice(140 * 1176))).toBeLessThan(ONE_LEVEL);
  });
});

describe('windows', () => {
  const side = fc.integer({ min: 1, max: 13 });

  it('hold each patch once, and none is left out', () => {
    fc.assert(
      fc.property(side, side, (rows, columns) => {
        const grid = { rows: rows * 2, columns: columns * 2 };
        const layout = visionLayout(grid, SIZES);
        expect([...layout.order].toSorted((a, b) => a - b)).toEqual([...layout.order.keys()]);
        expect(layout.places.map((place) => layout.order[place])).toEqual([
          ...layout.places.keys(),
        ]);
        const held = layout.windowPatches.filter((_, place) => layout.windowMask[place]);
        expect(held).toEqual([...layout.patchPlaces.keys()]);
        expect(layout.patchPlaces.map((place) => layout.windowPatches[place])).toEqual(held);
        expect(layout.windowPatches).toHaveLength(layout.windows * 64);
        const seen = new Set(
          layout.rows.map((row, patch) => row * grid.columns + (layout.columns[patch] ?? 0)),
        );
        expect(seen.size).toBe(grid.rows * grid.columns);
      }),
    );
  });
});

describe('positions', () => {
  it('are those of the reference, with two pictures', () => {
    const { input_ids: tokens, grid_thw: grids, positions } = FACTS.float32;
    const found = positionsOf(
      tokens,
      grids.map(([, rows, columns]) => ({ rows, columns })),
      { imageToken: 524, spatialMergeSize: 2 },
    );
    expect(found.values).toEqual(positions);
    expect(found.next).toBe(Math.max(...positions.flat()) + 1);
  });
});
