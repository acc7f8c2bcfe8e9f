import { rm } from 'node:fs/promises';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readEditorCheckpoint } from '../../../../src/pipeline/engines/reasonedit/checkpoint.ts';
import { writeEditorGraphs } from '../../../../src/pipeline/engines/reasonedit/editor/graphs.ts';
import { Autoencoder } from '../../../../src/pipeline/engines/reasonedit/editor/models.ts';
import { normalNumbers } from '../../../../src/pipeline/engines/reasonedit/editor/noise.ts';
import {
  decodeInTiles,
  encodeInTiles,
} from '../../../../src/pipeline/engines/reasonedit/editor/tiled-autoencoder.ts';
import {
  addTile,
  cutTile,
  enlarge,
  layTiles,
  TILE_LATENTS,
} from '../../../../src/pipeline/engines/reasonedit/editor/tiles.ts';
import { copyCheckpoint, expectClose } from '../../../support/reasonedit.ts';

describe('tiles', () => {
  const grids = fc.record({
    rows: fc.integer({ min: 1, max: 60 }),
    columns: fc.integer({ min: 1, max: 60 }),
    longest: fc.integer({ min: 4, max: 40 }),
    factor: fc.constantFrom(1, 8),
  });

  it('give each place all of its number back, whatever the size', () => {
    fc.assert(
      fc.property(grids, ({ rows, columns, longest, factor }) => {
        const grid = { channels: 1, rows: rows * factor, columns: columns * factor };
        const values = Float32Array.from({ length: grid.rows * grid.columns }, (_, at) => at % 97);
        const [sum, back] = [new Float32Array(values.length), new Float32Array(values.length)];
        for (const tile of layTiles({ rows, columns }, longest)) {
          const larger = enlarge(tile, factor);
          const area = larger.rows.size * larger.columns.size;
          addTile(sum, grid, larger, new Float32Array(area).fill(1));
          addTile(back, grid, larger, cutTile(values, grid, larger));
        }
        expectClose(sum, new Float32Array(sum.length).fill(1), 1e-6);
        expectClose(back, values, 1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it('are of one size, no larger than asked, and overlap with their neighbours alone', () => {
    fc.assert(
      fc.property(grids, ({ rows, columns, longest }) => {
        const tiles = layTiles({ rows, columns }, longest);
        for (const tile of tiles) {
          for (const [axis, length] of [
            [tile.rows, rows],
            [tile.columns, columns],
          ] as const) {
            expect(axis.size).toBeLessThanOrEqual(longest);
            expect(axis.start + axis.size).toBeLessThanOrEqual(length);
            expect(axis.before + axis.after).toBeLessThanOrEqual(axis.size);
            if (axis.start > 0) {
              expect(axis.before).toBeGreaterThanOrEqual(Math.floor(longest / 4));
            }
          }
        }
        expect(new Set(tiles.map((tile) => `${tile.rows.size} ${tile.columns.size}`)).size).toBe(1);
      }),
    );
  });

  it('are four for a square of 1024 pixels, and one for what fits into one', () => {
    expect(layTiles({ rows: 128, columns: 128 }, TILE_LATENTS)).toHaveLength(4);
    expect(layTiles({ rows: 80, columns: 80 }, TILE_LATENTS)).toHaveLength(1);
    expect(layTiles({ rows: 500, columns: 500 }, Infinity)).toHaveLength(1);
  });
});

describe('the autoencoder in tiles', () => {
  const LATENTS = { channels: 16, rows: 24, columns: 40 };
  const PIXELS = { width: 320, height: 192 };
  const LONGEST = 20;
  /** Of the picture's own largest step: 0.33 was measured, and 0.71 with tiles that end without a blend. */
  const MAX_SEAM = 0.4;
  let folder: string;
  let autoencoder: Autoencoder;
  let planes: Float32Array;

  beforeAll(async () => {
    folder = await copyCheckpoint('float32');
    const checkpoint = await readEditorCheckpoint(folder);
    await writeEditorGraphs(folder, checkpoint, 'float32');
    autoencoder = await Autoencoder.open(folder, checkpoint.vae.config, {
      provider: 'cpu',
      threads: 1,
    });
    planes = drawPlanes(PIXELS);
  });
  afterAll(async () => {
    await autoencoder[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('makes one tile of what fits, which is as it was whole', async () => {
    const call = { signal: new AbortController().signal };
    const latents = await autoencoder.encode(planes, PIXELS);
    for (const longest of [40, Infinity]) {
      expect(await encodeInTiles(autoencoder, planes, LATENTS, longest, undefined, call)).toEqual(
        latents,
      );
    }
    expect(await decodeInTiles(autoencoder, latents, LATENTS, 40, call)).toEqual(
      await autoencoder.decode(latents, LATENTS),
    );
  });

  it('gives nearly what it gives whole, and no seams', async () => {
    const call = { signal: new AbortController().signal };
    const noise = normalNumbers(3, 16 * 24 * 40);
    const whole = await autoencoder.encode(planes, PIXELS, noise);
    const tiled = await encodeInTiles(autoencoder, planes, LATENTS, LONGEST, noise, call);
    expect(likeness(whole, tiled)).toBeGreaterThan(32);
    const picture = await autoencoder.decode(whole, LATENTS);
    const inTiles = await decodeInTiles(autoencoder, whole, LATENTS, LONGEST, call);
    expect(likeness(picture, inTiles)).toBeGreaterThan(32);
    // A seam would be a step that only the picture in tiles has.
    const difference = inTiles.map((value, at) => value - (picture[at] ?? 0));
    const [before, added] = [largestSteps(picture, PIXELS), largestSteps(difference, PIXELS)];
    expect(added.columns / before.columns).toBeLessThan(MAX_SEAM);
    expect(added.rows / before.rows).toBeLessThan(MAX_SEAM);
  });

  it('stops between two tiles', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const decoding = decodeInTiles(
      autoencoder,
      normalNumbers(1, 16 * 24 * 40),
      LATENTS,
      LONGEST,
      controller,
    );
    setImmediate(() => controller.abort(reason));
    await expect(decoding).rejects.toBe(reason);
  });
});

/** Decibels of the range of values over the mean square of the difference. */
function likeness(one: Float32Array, other: Float32Array): number {
  const [least, most] = one.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  let sum = 0;
  for (const [at, value] of one.entries()) sum += (value - (other[at] ?? 0)) ** 2;
  return 10 * Math.log10((most - least) ** 2 / (sum / one.length));
}

/** The largest mean difference between a column or a row and the next. */
function largestSteps(
  planes: Float32Array,
  { width, height }: { width: number; height: number },
): { columns: number; rows: number } {
  const columns = new Float64Array(width);
  const rows = new Float64Array(height);
  for (const [at, value] of planes.entries()) {
    const [x, y] = [at % width, Math.floor(at / width) % height];
    if (x > 0) columns[x] = (columns[x] ?? 0) + Math.abs(value - (planes[at - 1] ?? 0));
    if (y > 0) rows[y] = (rows[y] ?? 0) + Math.abs(value - (planes[at - width] ?? 0));
  }
  return { columns: Math.max(...columns) / (3 * height), rows: Math.max(...rows) / (3 * width) };
}

/** Soft shapes on a slope, -1 to 1. */
function drawPlanes({ width, height }: { width: number; height: number }): Float32Array {
  const planes = new Float32Array(3 * width * height);
  for (let channel = 0, at = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const wave = Math.sin(x / (9 + 8 * channel)) * Math.cos(y / (7 + 5 * channel));
        planes[at++] = 0.6 * wave + 0.4 * ((x + y) / (width + height));
      }
    }
  }
  return planes;
}
