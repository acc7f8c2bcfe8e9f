import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { cut } from '../../../../../src/pipeline/engines/darkroom/pixels/cut.ts';
import { drawMask } from '../../../../../src/pipeline/engines/darkroom/pixels/mask.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { CALL, painted } from '../../../../support/drawn.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';

describe('a cut-out', () => {
  it('shows nothing of what was behind it at its soft edges', async () => {
    const size = { width: 60, height: 20 };
    // Red passes into blue over ten pixels, and the mask with it.
    const share = (x: number) => Math.min(1, Math.max(0, (35 - x) / 10));
    for (const deep of [false, true]) {
      const pixels = painted({ ...size, deep }, (x) => [share(x), 0, 1 - share(x)]);
      const mask = drawMask(size, (x) => share(x * 60 - 0.5));
      const { data, channels } = await cut(pixels, mask, CALL);
      const max = deep ? 65_535 : 255;
      expect(channels).toBe(4);
      for (let x = 24; x < 27; x += 1) {
        const [red = 0, , blue = 0, opacity = 0] = data.subarray((10 * 60 + x) * 4);
        expect(blue / max).toBeLessThan(share(x) * (1 - share(x)) + 0.05);
        expect(red / max).toBeGreaterThan(0.6);
        expect(opacity / max).toBeCloseTo(share(x), 1);
      }
    }
  });

  it('is of a box or of a color, where one is named', async () => {
    const source = await makePhoto({ format: 'jpeg' });
    const result = await develop(source, 'cut out 120,90 to 260,240');
    expect(result).toMatchObject({ stopReason: 'success', thought: { format: 'png' } });
    const { data } = await sharp(answer(result).image.bytes).raw().toBuffer({
      resolveWithObject: true,
    });
    const opacity = (x: number, y: number) => data[(y * 480 + x) * 4 + 3];
    expect([opacity(190, 160), opacity(30, 160), opacity(300, 160), opacity(190, 300)]).toEqual([
      255, 0, 0, 0,
    ]);
    expect((await develop(source, 'cut out the red parts')).stopReason).toBe('success');
  });

  it('never becomes a JPEG, which could not be one', async () => {
    const result = await develop(await makePhoto(), 'cut out 120,90 to 260,240 and save it as jpg');
    expect(result.thought).toMatchObject({ kind: 'plan', format: 'png' });
    expect(result.thought?.kind === 'plan' && result.thought.reasoning).toContain(
      "JPEG can't be transparent",
    );
    const webp = await develop(await makePhoto(), 'cut out 120,90 to 260,240 and save it as webp');
    expect((await sharp(answer(webp).image.bytes).metadata()).hasAlpha).toBe(true);
  });

  it('never fails on tiny and odd pictures', async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 70],
      [70, 3],
    ] as const) {
      const create = { width, height, channels: 3, background: '#a0522d' } as const;
      const image = await encoded(sharp({ create }), 'png');
      for (const request of ['remove the background', 'cut out 0,0 to 1,1', 'make a sticker']) {
        expect((await develop(image, request)).thought).toBeDefined();
      }
    }
  });
});
