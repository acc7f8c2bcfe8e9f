import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { toMask } from '../../../src/image/mask.ts';
import type { EncodedImage } from '../../../src/image/types.ts';
import { keepingEdit } from '../../../src/pipeline/keep/keeping-edit.ts';
import type { Kept } from '../../../src/pipeline/keep/types.ts';
import { withinMask } from '../../../src/pipeline/keep/within-mask.ts';
import type { Editor } from '../../../src/pipeline/types.ts';
import { drift } from '../../support/fake-openai/painters.ts';
import { drain } from '../../support/hosted-engine.ts';
import { drawMask, leftHalf } from '../../support/masks.ts';
import { makePhoto } from '../../support/photos.ts';

const CALL = { signal: new AbortController().signal };

const rgb = ({ bytes }: EncodedImage): Promise<Buffer> =>
  sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer();

const inverted = async (image: EncodedImage): Promise<EncodedImage> => ({
  ...image,
  bytes: await sharp(image.bytes).negate({ alpha: false }).png().toBuffer(),
});

const painting = (image: EncodedImage, repaints: boolean): Editor => ({
  repaints,
  // eslint-disable-next-line require-yield
  async *edit() {
    return image;
  },
});

describe('an edit within a mask', () => {
  it('leaves every pixel outside of any mask as it was, and makes those well inside', async () => {
    const source = await makePhoto();
    const edited = await inverted(source);
    const [before, after] = await Promise.all([rgb(source), rgb(edited)]);
    const { width, height } = source;
    const shape = fc.record({
      x: fc.integer({ min: 0, max: 300 }),
      y: fc.integer({ min: 0, max: 200 }),
      side: fc.integer({ min: 1, max: 200 }),
      scale: fc.constantFrom(0.37, 1, 2.5),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ x, y, side, scale }) => {
        const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
        const corner = { left: x * scale, top: y * scale, side: Math.max(1, side * scale) };
        const drawing = await drawMask(
          w,
          h,
          `<rect x="${corner.left}" y="${corner.top}" width="${corner.side}" height="${corner.side}" shape-rendering="crispEdges"/>`,
        );
        const mask = await toMask(drawing, CALL);
        const { image, outside } = await withinMask(source, edited, mask, CALL);
        const made = await rgb(image);
        let [kept, changed, wrong] = [0, 0, 0];
        for (let row = 0; row < height; row += 1) {
          for (let column = 0; column < width; column += 1) {
            // A pixel of margin, since the edge of the drawing falls between pixels.
            const isOutside =
              column < x - 1 || column > x + side + 1 || row < y - 1 || row > y + side + 1;
            const isInside =
              column > x + 6 && column < x + side - 7 && row > y + 6 && row < y + side - 7;
            const at = (row * width + column) * 3;
            if (isOutside) {
              kept += 1;
              if (made[at] !== before[at] || made[at + 2] !== before[at + 2]) wrong += 1;
            } else if (isInside) {
              changed += 1;
              if (made[at] !== after[at] || made[at + 1] !== after[at + 1]) wrong += 1;
            }
          }
        }
        expect({ kept: kept > 0, changed: changed >= 0, wrong }).toEqual({
          kept: true,
          changed: true,
          wrong: 0,
        });
        expect(outside).toBeGreaterThanOrEqual(kept / (width * height) - 0.01);
      }),
      { numRuns: 12 },
    );
  });

  it('is told of, for an editor of either kind', async () => {
    const source = await makePhoto();
    const mask = await toMask(await leftHalf(source.width, source.height), CALL);
    for (const repaints of [false, true]) {
      const told: Kept[] = [];
      const note = (each: { kind: string; kept?: Kept }) => each.kept && told.push(each.kept);
      const { outcome } = await drain(
        keepingEdit(
          painting(await inverted(source), repaints),
          undefined,
          { image: source, references: [], mask, instruction: 'Invert.', seed: 1 },
          { ...CALL, note },
        ),
      );
      const [before, made] = await Promise.all([rgb(source), rgb(outcome)]);
      const right = (pixels: Buffer) => pixels.subarray((source.width - 1) * 3, source.width * 3);
      expect(right(made)).toEqual(right(before));
      expect(made.subarray(0, 3)).not.toEqual(before.subarray(0, 3));
      expect(told[0]?.outsideMask).toBeCloseTo(0.5, 1);
    }
  });

  it('brings a painter’s picture back to its size and place first, whatever else is switched off', async () => {
    const source = await makePhoto();
    const mask = await toMask(await leftHalf(source.width, source.height), CALL);
    const moved = await drift(Buffer.from(source.bytes), { x: 7, y: -5 });
    const bytes = await sharp(moved).resize(512, 341, { fit: 'fill' }).png().toBuffer();
    const painted: EncodedImage = { bytes, format: 'png', width: 512, height: 341 };
    const { outcome } = await drain(
      keepingEdit(
        painting(painted, true),
        { size: false, place: true, pixels: false },
        { image: source, references: [], mask, instruction: 'Nothing. (canvas 1:1)', seed: 1 },
        CALL,
      ),
    );
    expect(outcome).toMatchObject({ width: source.width, height: source.height });
    const [before, made] = await Promise.all([rgb(source), rgb(outcome)]);
    let sum = 0;
    for (const [at, value] of before.entries()) sum += (value - (made[at] ?? 0)) ** 2;
    expect(10 * Math.log10(255 ** 2 / (sum / before.length))).toBeGreaterThan(30);
  });

  it('of another size is refused: nothing could stay as it was', async () => {
    const source = await makePhoto();
    const mask = await toMask(await leftHalf(64, 64), CALL);
    const bytes = await sharp(source.bytes).resize(100, 100).png().toBuffer();
    const smaller: EncodedImage = { bytes, format: 'png', width: 100, height: 100 };
    await expect(withinMask(source, smaller, mask, CALL)).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    });
  });

  it('keeps what was transparent outside, and what became so inside', async () => {
    const clear = { r: 20, g: 40, b: 60, alpha: 0.5 };
    const solid = { r: 200, g: 40, b: 60, alpha: 0 };
    const make = async (background: typeof clear): Promise<EncodedImage> => {
      const image = sharp({ create: { width: 60, height: 40, channels: 4, background } });
      return { bytes: await image.png().toBuffer(), format: 'png', width: 60, height: 40 };
    };
    const mask = await toMask(await leftHalf(60, 40), CALL);
    const { image } = await withinMask(await make(clear), await make(solid), mask, CALL);
    const rgba = await sharp(image.bytes).ensureAlpha().raw().toBuffer();
    const alphaAt = (x: number) => rgba[(20 * 60 + x) * 4 + 3];
    expect([alphaAt(5), alphaAt(50)]).toEqual([0, 128]);
  });
});
