import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Mask } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import type { Pixels } from '../../../../../src/pipeline/engines/darkroom/pixels/pixels.ts';
import type { Copy } from '../../../../../src/pipeline/engines/darkroom/vision/copy.ts';
import { inpaint } from '../../../../../src/pipeline/engines/darkroom/vision/inpaint.ts';
import {
  drawCopy,
  drawMask,
  makeCopy,
  oddCopies,
  randomNumbers,
} from '../../../../support/copies.ts';

const call = { signal: new AbortController().signal };
const SIZE = { width: 240, height: 160 };
const SPOT = '<circle cx="100" cy="80" r="14" fill="#fff"/>';

const pixelsOf = ({ width, height, rgb }: Copy): Pixels & { readonly data: Uint8Array } => ({
  data: rgb.slice(),
  width,
  height,
  channels: 3,
});
const maskOf = async (shape: string): Promise<Mask> => ({
  ...SIZE,
  weights: await drawMask(shape, SIZE),
});

/** Root of the mean square of differences where the mask is. */
function error(pixels: Pixels, truth: Copy, mask: Mask): number {
  let [sum, count] = [0, 0];
  for (const [at, weight] of mask.weights.entries()) {
    if (weight === 0) continue;
    for (let channel = at * 3; channel < at * 3 + 3; channel += 1) {
      sum += ((pixels.data[channel] ?? 0) - (truth.rgb[channel] ?? 0)) ** 2;
      count += 1;
    }
  }
  return Math.sqrt(sum / count);
}

/** Standard deviation of green where the mask is. */
function spread(data: Pixels['data'], mask: Mask): number {
  const values = [...mask.weights.keys()]
    .filter((at) => mask.weights[at] === 255)
    .map((at) => data[at * 3 + 1] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The picture with its spot, in a colour that is nowhere else. */
function withSpot(truth: Copy, mask: Mask) {
  const pixels = pixelsOf(truth);
  for (const [at, weight] of mask.weights.entries())
    if (weight > 0) pixels.data.set([255, 0, 200], at * 3);
  return pixels;
}

describe('inpainting', () => {
  it('leaves nothing of a spot on a slope of colour', async () => {
    const truth = makeCopy(240, 160, (x, y) => [60 + x / 2, 100 + y / 4, 200 - x / 3]);
    const mask = await maskOf(SPOT);
    const pixels = withSpot(truth, mask);
    await inpaint(pixels, mask, call);
    expect(error(pixels, truth, mask)).toBeLessThan(4);
  });

  it('carries on an edge, and a pattern', async () => {
    const edge = makeCopy(240, 160, (x) => (x < 102 ? [40, 60, 90] : [210, 190, 160]));
    const stripes = makeCopy(240, 160, (x, y) =>
      (x + y) % 16 < 8 ? [60, 90, 50] : [190, 200, 170],
    );
    const mask = await maskOf(SPOT);
    for (const truth of [edge, stripes]) {
      const pixels = withSpot(truth, mask);
      await inpaint(pixels, mask, call);
      expect(error(pixels, truth, mask)).toBeLessThan(25);
    }
  });

  it('fills with the grain of the surroundings', async () => {
    const random = randomNumbers();
    const grain = () => 120 + random() * 60;
    const truth = makeCopy(240, 160, () => [grain(), grain(), grain()]);
    const mask = await maskOf(SPOT);
    const pixels = withSpot(truth, mask);
    await inpaint(pixels, mask, call);
    const ratio = spread(pixels.data, mask) / spread(truth.rgb, mask);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  });

  it('keeps its grain where a large hole is thought out at a smaller size', async () => {
    const random = randomNumbers();
    const grain = () => 120 + random() * 60;
    const truth = makeCopy(700, 500, () => [grain(), grain(), grain()]);
    const size = { width: 70, height: 50 };
    const mask = {
      ...size,
      weights: await drawMask('<circle cx="35" cy="25" r="12" fill="#fff"/>', size),
    };
    const pixels = pixelsOf(truth);
    await inpaint(pixels, mask, call);
    const middle = { width: 700, height: 500, weights: new Uint8Array(350_000) };
    for (let y = 200; y < 300; y += 1) middle.weights.fill(255, y * 700 + 300, y * 700 + 400);
    const ratio = spread(pixels.data, middle) / spread(truth.rgb, middle);
    expect(Buffer.compare(pixels.data, truth.rgb)).not.toBe(0);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.3);
  });

  it('takes letters off', async () => {
    const letters =
      '<text x="60" y="120" font-size="30" font-family="DejaVu Sans" fill="#fff">1998 7 24</text>';
    const truth = await drawCopy(
      '<rect width="240" height="160" fill="#6d8a45"/><rect width="240" height="90" fill="#6b9bd0"/>',
      { ...SIZE, grain: 12 },
    );
    const mask = await maskOf(letters);
    const pixels = withSpot(truth, mask);
    await inpaint(pixels, mask, call);
    expect(error(pixels, truth, mask)).toBeLessThan(12);
  });

  it.each([
    ['8 bits RGB', Uint8Array, 3],
    ['8 bits RGBA', Uint8Array, 4],
    ['16 bits RGB', Uint16Array, 3],
    ['16 bits RGBA', Uint16Array, 4],
  ] as const)(
    'keeps all pixels outside the mask, and alpha, bit by bit: %s',
    async (_, Values, channels) => {
      const random = randomNumbers();
      const most = Values === Uint8Array ? 255 : 65_535;
      const data = new Values(240 * 160 * channels);
      for (let at = 0; at < data.length; at += 1) data[at] = (random() + 0.5) * most;
      const before = data.slice();
      const mask = await maskOf(SPOT);
      await inpaint({ data, ...SIZE, channels }, mask, call);
      let [changed, strayed] = [0, 0];
      for (let at = 0; at < data.length; at += 1) {
        if (data[at] === before[at]) continue;
        const free = mask.weights[Math.floor(at / channels)] === 0 || at % channels === 3;
        if (free) strayed += 1;
        else changed += 1;
      }
      expect(strayed).toBe(0);
      expect(changed).toBeGreaterThan(1000);
    },
  );

  it('does the same at 16 bits as at 8', async () => {
    const truth = await drawCopy('<rect width="240" height="160" fill="#b58a63"/>', {
      ...SIZE,
      grain: 20,
    });
    const mask = await maskOf(SPOT);
    const shallow = withSpot(truth, mask);
    const deep: Pixels = {
      ...shallow,
      data: Uint16Array.from(shallow.data, (value) => value * 257),
    };
    await inpaint(shallow, mask, call);
    await inpaint(deep, mask, call);
    const far = shallow.data.filter(
      (value, at) => Math.abs((deep.data[at] ?? 0) / 257 - value) > 1,
    );
    expect(far.length).toBe(0);
  });

  it('is the same every time', async () => {
    const truth = await drawCopy('<rect width="240" height="160" fill="#b58a63"/>', {
      ...SIZE,
      grain: 40,
    });
    const mask = await maskOf(SPOT);
    const [one, other] = [withSpot(truth, mask), withSpot(truth, mask)];
    await inpaint(one, mask, call);
    await inpaint(other, mask, call);
    expect(Buffer.compare(one.data, other.data)).toBe(0);
  });

  it('stops when told to', async () => {
    const stopped = { signal: AbortSignal.abort(new Error('stopped')) };
    const pixels = pixelsOf(await drawCopy(SPOT, SIZE));
    await expect(inpaint(pixels, await maskOf(SPOT), stopped)).rejects.toThrow('stopped');
  });

  it.each(oddCopies())(
    'takes a picture that is %s, with any part of it masked',
    async (_, copy) => {
      const { width, height } = copy;
      const count = width * height;
      const half = Uint8Array.from({ length: count }, (__, at) =>
        at % width < width / 2 ? 255 : 0,
      );
      for (const weights of [new Uint8Array(count), half, new Uint8Array(count).fill(255)]) {
        const pixels = pixelsOf(copy);
        await inpaint(pixels, { width, height, weights }, call);
        const untouched = weights === half ? false : Buffer.compare(pixels.data, copy.rgb) === 0;
        expect(untouched).toBe(weights !== half);
      }
    },
  );

  it('takes masks of any size and weight', async () => {
    const copy = await drawCopy('<rect width="60" height="40" fill="#b58a63"/>', {
      width: 60,
      height: 40,
      grain: 30,
    });
    const masks = fc
      .record({ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }) })
      .chain((size) =>
        fc
          .uint8Array({ minLength: size.width * size.height, maxLength: size.width * size.height })
          .map((weights) => ({
            ...size,
            weights: weights.map((weight) => (weight > 230 ? weight : 0)),
          })),
      );
    await fc.assert(
      fc.asyncProperty(masks, async (mask) => {
        const pixels = pixelsOf(copy);
        await inpaint(pixels, mask, call);
        // Nothing comes out that was not there: all is of one colour, and stays near it.
        for (const [at, value] of pixels.data.entries()) {
          expect(Math.abs(value - ([181, 138, 99][at % 3] ?? 0))).toBeLessThan(40);
        }
      }),
      { numRuns: 25 },
    );
  });
});
