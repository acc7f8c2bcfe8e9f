import { describe, expect, it } from 'vitest';

import { addFog } from '../../../../../src/pipeline/engines/darkroom/pixels/fog.ts';
import { addGrain } from '../../../../../src/pipeline/engines/darkroom/pixels/grain.ts';
import { clarity } from '../../../../../src/pipeline/engines/darkroom/pixels/clarity.ts';
import { dehaze } from '../../../../../src/pipeline/engines/darkroom/pixels/dehaze.ts';
import { denoise } from '../../../../../src/pipeline/engines/darkroom/pixels/denoise.ts';
import { equalize } from '../../../../../src/pipeline/engines/darkroom/pixels/equalize.ts';
import { vignette } from '../../../../../src/pipeline/engines/darkroom/pixels/vignette.ts';
import type { Pixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import type { Call } from '../../../../../src/pipeline/types.ts';
import { CALL, normals, painted } from '../../../../support/drawn.ts';

/** Every filter, and itself at a strength that changes nothing. */
const FILTERS: [
  name: string,
  run: (pixels: Pixels, call: Call) => Promise<Pixels>,
  idle: (pixels: Pixels, call: Call) => Promise<Pixels>,
][] = [
  ['denoise', (p, c) => denoise(p, { strength: 2 }, c), (p, c) => denoise(p, { strength: 0 }, c)],
  ['grain', (p, c) => addGrain(p, { amount: 8 }, c), (p, c) => addGrain(p, { amount: 0 }, c)],
  ['clarity', (p, c) => clarity(p, { strength: 1 }, c), (p, c) => clarity(p, { strength: 0 }, c)],
  ['softness', (p, c) => clarity(p, { strength: -1 }, c), (p, c) => clarity(p, { strength: 0 }, c)],
  ['dehaze', (p, c) => dehaze(p, { strength: 1 }, c), (p, c) => dehaze(p, { strength: 0 }, c)],
  ['fog', (p, c) => addFog(p, { strength: 0.6 }, c), (p, c) => addFog(p, { strength: 0 }, c)],
  ['vignette', (p, c) => vignette(p, { stops: 1.5 }, c), (p, c) => vignette(p, { stops: 0 }, c)],
  [
    'equalize',
    (p, c) => equalize(p, { strength: 1 }, c),
    (p, c) => equalize(p, { strength: 0 }, c),
  ],
];

const FORMS = [
  { channels: 3, deep: false },
  { channels: 4, deep: false },
  { channels: 3, deep: true },
  { channels: 4, deep: true },
] as const;

/** Colours, blobs and noise, and an alpha of all values. */
function anything(width: number, height: number, form: (typeof FORMS)[number]): Pixels {
  const normal = normals(width * 31 + height);
  return painted({ width, height, ...form }, (x, y) => {
    const inside = Math.hypot(x - width / 2, y - height / 2) < height / 4 ? 0.5 : 0;
    const noise = normal() * 0.03;
    const value = (share: number) => Math.min(1, Math.max(0, share * 0.5 + inside + noise));
    return [value(x / width), value(y / height), value(0.4), ((x * 7 + y * 3) % 256) / 255];
  });
}

describe.each(FILTERS)('%s', (_name, run, idle) => {
  it.each(FORMS)('keeps size, form and alpha, and its input: %j', async (form) => {
    const before = anything(90, 70, form);
    const copy = before.data.slice();
    const after = await run(before, CALL);
    expect(before.data).toEqual(copy);
    expect([after.width, after.height, after.channels]).toEqual([90, 70, form.channels]);
    expect(after.data).toHaveLength(copy.length);
    expect(after.data.constructor).toBe(copy.constructor);
    expect(after.data).not.toEqual(copy);
    if (form.channels === 4) {
      const alpha = ({ data }: Pixels) => data.filter((_, at) => at % 4 === 3);
      expect(alpha(after)).toEqual(alpha(before));
    }
  });

  it('does the same at 16 bits as at 8', async () => {
    const eight = anything(64, 48, FORMS[0]);
    const sixteen = { ...eight, data: Uint16Array.from(eight.data, (value) => value * 257) };
    const [a, b] = [await run(eight, CALL), await run(sixteen, CALL)];
    const farthest = Array.from(a.data).reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (b.data[at] as number) / 257)),
      0,
    );
    expect(farthest).toBeLessThanOrEqual(1.5);
  });

  it('is deterministic', async () => {
    const before = anything(80, 60, FORMS[0]);
    expect((await run(before, CALL)).data).toEqual((await run(before, CALL)).data);
  });

  it('changes nothing without strength', async () => {
    const before = anything(80, 60, FORMS[1]);
    const after = await idle(before, CALL);
    const farthest = Array.from(after.data).reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (before.data[at] as number))),
      0,
    );
    expect(farthest).toBeLessThanOrEqual(1);
  });

  it.each([
    [1, 1],
    [1, 2000],
    [2000, 1],
    [3, 2],
  ])('takes %d × %d pixels', async (width, height) => {
    for (const form of FORMS) {
      const after = await run(anything(width, height, form), CALL);
      expect(after.data).toHaveLength(width * height * form.channels);
    }
  });

  it.each([
    ['white', 1],
    ['black', 0],
  ])('leaves pure %s as it is, or lays something over it evenly', async (_tone, value) => {
    const after = await run(
      painted({ width: 60, height: 40 }, () => [value, value, value]),
      CALL,
    );
    for (let at = 0; at < after.data.length; at += 3) {
      const [red = 0, green = 0, blue = 0] = after.data.subarray(at, at + 3);
      expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12);
    }
  });

  it('stops when its call is stopped', async () => {
    const controller = new AbortController();
    const work = run(anything(200, 600, FORMS[0]), { signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(work).rejects.toThrow('stopped');
  });
});
