import { describe, expect, it } from 'vitest';

import {
  findSpots,
  maskOfSpots,
} from '../../../../../src/pipeline/engines/darkroom/vision/spots.ts';
import { drawCopy, oddCopies } from '../../../../support/copies.ts';

const PLAIN = '<rect width="300" height="200" fill="#9ab"/>';
const SIZE = { width: 300, height: 200 };

describe('findSpots', () => {
  it('finds dust, whole, and nothing on a plain area', async () => {
    const copy = await drawCopy(`${PLAIN}<circle cx="90" cy="60" r="5" fill="#222"/>`, SIZE);
    const spots = await findSpots(copy);
    expect(spots).toHaveLength(1);
    const mask = maskOfSpots(spots, copy);
    expect(mask.weights[60 * 300 + 90]).toBe(255);
    expect(mask.weights[54 * 300 + 90]).toBe(255);
    expect(mask.weights[60 * 300 + 110]).toBe(0);
    expect(await findSpots(await drawCopy(PLAIN, SIZE))).toEqual([]);
  });

  it('tells lines from spots', async () => {
    const line = '<path d="M40 40 L140 110" stroke="#fff" stroke-width="2"/>';
    const copy = await drawCopy(
      `${PLAIN}${line}<circle cx="230" cy="60" r="5" fill="#222"/>`,
      SIZE,
    );
    expect(await findSpots(copy, undefined, 'lines')).toHaveLength(1);
    expect(await findSpots(copy)).toHaveLength(1);
  });

  it('never fails on odd pictures', async () => {
    for (const [, copy] of oddCopies()) {
      for (const shape of ['spots', 'letters', 'lines'] as const) {
        expect(Array.isArray(await findSpots(copy, undefined, shape))).toBe(true);
      }
    }
  });
});
