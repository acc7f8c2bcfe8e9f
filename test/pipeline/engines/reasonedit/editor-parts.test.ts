import { join } from 'node:path';

import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { guide } from '../../../../src/pipeline/engines/reasonedit/editor/guidance.ts';
import { pack, unpack } from '../../../../src/pipeline/engines/reasonedit/editor/latents.ts';
import {
  editSize,
  fromPlanes,
  toPlanes,
} from '../../../../src/pipeline/engines/reasonedit/editor/picture.ts';
import {
  imagePositions,
  rotations,
  textPositions,
} from '../../../../src/pipeline/engines/reasonedit/editor/positions.ts';
import {
  eulerStep,
  noiseLevels,
  SchedulerConfig,
  withoutNoise,
} from '../../../../src/pipeline/engines/reasonedit/editor/schedule.ts';
import {
  FILTERS,
  resample,
  resampleBytes,
  type Pixels,
} from '../../../../src/pipeline/engines/reasonedit/resample.ts';
import { expectClose, FIXTURES, recorded } from '../../../support/reasonedit.ts';

async function readPicture(name: string): Promise<Pixels<Uint8Array>> {
  const { data, info } = await sharp(join(FIXTURES, name))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const SIZE = { width: 112, height: 64 };

describe('a picture', () => {
  it('is edited in the size that the reference takes', () => {
    expect(editSize({ width: 150, height: 100 }, 96)).toEqual(SIZE);
    expect(editSize({ width: 100, height: 150 }, 96)).toEqual({ width: 64, height: 112 });
    expect(editSize({ width: 4000, height: 3000 }, 1024)).toEqual({ width: 1168, height: 880 });
    expect(editSize({ width: 700, height: 700 }, 768)).toEqual({ width: 768, height: 768 });
    expect(editSize({ width: 9000, height: 3 }, 512).height).toBe(16);
  });

  it('is made smaller as PyTorch does, and shown to the text encoder as PIL does', async () => {
    const source = await readPicture('source.png');
    const small = resample(source, SIZE.width, SIZE.height, FILTERS.linear);
    expectClose(toPlanes(small), await recorded.read('pixels'), 1e-5);
    const shown = resampleBytes(source, SIZE.width, SIZE.height, FILTERS.lanczos);
    expectClose(shown.data, (await readPicture('reference-image.png')).data, 1);
  });

  it('comes back from planes, and in its own size', async () => {
    const planes = await recorded.read('decoded');
    const result = resampleBytes(fromPlanes(planes, SIZE), 150, 100, FILTERS.cubic);
    expectClose(result.data, (await readPicture('result.png')).data, 1);
    const source = await readPicture('source.png');
    expect(fromPlanes(toPlanes(source), source).data).toEqual(new Uint8Array(source.data));
  });
});

describe('positions', () => {
  it('of text and pictures are those of the reference', async () => {
    const vision = { start: 9, rows: 2, columns: 4, ...SIZE };
    const text = textPositions({ times: await recorded.read('positive.positions'), vision });
    expectClose(text, await recorded.read('positive.ids'), 1e-5);
    expect(imagePositions(4, 7, 0)).toEqual(await recorded.read('ids'));
    expect(imagePositions(4, 7, 1)).toEqual(await recorded.read('source_ids'));
  });

  it('turn into rotations, each of which the reference holds twice', async () => {
    const positions = await Promise.all(
      ['positive.ids', 'ids', 'source_ids'].map((name) => recorded.read(name)),
    );
    const joined = Float32Array.from(positions.flatMap((part) => [...part]));
    const { cosine, sine } = rotations(joined, [8, 12, 12]);
    const twice = (values: Float32Array): number[] =>
      [...values].flatMap((value) => [value, value]);
    expectClose(twice(cosine), await recorded.read('rotary.cosine'), 1e-6);
    expectClose(twice(sine), await recorded.read('rotary.sine'), 1e-6);
  });
});

describe('the schedule', () => {
  const config = SchedulerConfig.parse({
    _class_name: 'FlowMatchEulerDiscreteScheduler',
    use_dynamic_shifting: true,
  });

  it('is the one of the reference', async () => {
    expectClose(noiseLevels(config, 6, 28), await recorded.read('sigmas'), 1e-7);
  });

  it('falls from 1 to 0, slower for larger pictures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8_000 }),
        (steps, tokens) => {
          const levels = noiseLevels(config, steps, tokens);
          expect(levels[0]).toBe(1);
          expect(levels.at(-1)).toBe(0);
          levels.forEach(
            (level, index) => index > 0 && expect(level).toBeLessThan(levels[index - 1] ?? 0),
          );
          const larger = noiseLevels(config, steps, tokens + 500);
          levels.forEach((level, index) => expect(larger[index]).toBeGreaterThanOrEqual(level));
        },
      ),
    );
  });

  it('ends at the picture that a steady velocity leads to', () => {
    const latents = Float32Array.of(3, -2);
    const velocity = Float32Array.of(1, 4);
    const foreseen = withoutNoise(latents, velocity, 1);
    const levels = noiseLevels(config, 7, 256);
    for (let index = 0; index < 7; index++)
      eulerStep(latents, velocity, levels[index] ?? 0, levels[index + 1] ?? 0);
    expectClose(latents, foreseen, 1e-5);
    expect(foreseen).toEqual(Float32Array.of(2, -6));
  });
});

describe('guidance', () => {
  it('leads away from the velocity without the instruction, less where they differ much', () => {
    const damped = 6 / 2 ** 0.4;
    const guided = guide(Float32Array.of(0.5, 0, 2, 0), Float32Array.of(0, 0, 0, 0), 6, 2);
    expectClose(guided, [3, 0, 2 * damped, 0], 1e-6);
  });

  it('changes nothing where both agree', () => {
    const velocity = Float32Array.of(1, -3, 0.25, 8);
    expect(guide(velocity, velocity, 6, 2)).toEqual(velocity);
  });
});

describe('latents', () => {
  it('are packed as the reference packs them, and come back', async () => {
    const size = { channels: 16, rows: 8, columns: 14 };
    const latents = await recorded.read('latents');
    const packed = pack(latents, size);
    const last = (await recorded.read('steps')).subarray(-packed.length);
    expectClose(
      packed,
      last.map((value) => value / 0.3611 + 0.1159),
      1e-5,
    );
    expect(unpack(packed, size)).toEqual(latents);
  });
});
