import { describe, expect, it } from 'vitest';

import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { tiltOf } from '../../../../../src/pipeline/engines/darkroom/measure/tilt.ts';
import { encodePixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { drawn, noisy, turned } from '../../../../support/drawn.ts';
import { makePhoto } from '../../../../support/photos.ts';

const SEA =
  '<rect x="-400" y="-400" width="1600" height="610" fill="#9db9d4"/><rect x="-400" y="210" width="1600" height="800" fill="#3a5a70"/><circle cx="420" cy="120" r="40" fill="#fff6d8"/>';

const crooked = async (degrees: number) =>
  encodePixels(noisy(await drawn(720, 480, turned(degrees, 720, 480, SEA)), 6));

describe('straighten', () => {
  it.each([-8, -2.4, 1.5, 6])('levels a horizon that is turned by %d degrees', async (degrees) => {
    const result = await develop(await crooked(degrees), 'straighten the horizon');
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect(Math.abs(tiltOf(await photoOf({ ...image }))?.degrees ?? NaN)).toBeLessThan(0.7);
    // Cropped to what has no empty corners, at the same shape.
    expect(image.width).toBeLessThan(720);
    expect(Math.abs(image.width / image.height - 1.5)).toBeLessThan(0.02);
  });

  it('says by how much it is crooked, and which way', async () => {
    const result = await develop(await crooked(4), 'fix the crooked horizon');
    expect(said(result)).toMatch(
      /level lines, it is turned clockwise by (?:3\.9|4\.0|4\.1) degrees/,
    );
  });

  it('leaves a level picture alone and says so', async () => {
    const result = await develop(await crooked(0), 'straighten it');
    expect(result.rounds).toEqual([]);
    expect(said(result)).toContain('level already');
  });

  it('asks where there are no lines to go by', async () => {
    const ball =
      '<rect width="720" height="480" fill="#667"/><circle cx="360" cy="240" r="150" fill="#ba8"/>';
    const image = await encodePixels(noisy(await drawn(720, 480, ball), 6));
    const result = await develop(image, 'straighten it');
    expect(said(result)).toContain('by how many degrees');
  });

  it('turns by as many degrees as it is told, against the way the picture leans', async () => {
    const told = answer(await develop(await crooked(3), 'straighten it by 3 degrees'));
    expect(told.instruction).toContain('Straighten the picture by 3.0 degrees counterclockwise');
    expect(Math.abs(tiltOf(await photoOf({ ...told.image }))?.degrees ?? NaN)).toBeLessThan(0.5);
    const right = answer(
      await develop(await makePhoto(), 'straighten it by 2 degrees to the right'),
    );
    expect(right.instruction).toContain('by 2.0 degrees clockwise');
  });
});
