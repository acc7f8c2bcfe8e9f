import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { renderScene } from '../../src/demo/scene.ts';

/** Mean red, green and blue of a part of the picture; shares of its width and height. */
async function meanOf(bytes: Uint8Array, left: number, top: number, width: number, height: number) {
  const { channels } = await sharp(
    await sharp(bytes)
      .extract({
        left: Math.round(left * 1600),
        top: Math.round(top * 1067),
        width: Math.round(width * 1600),
        height: Math.round(height * 1067),
      })
      .png()
      .toBuffer(),
  ).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return { red, green, blue };
}

describe('renderScene', () => {
  it('draws the same large JPEG every time', async () => {
    const [one, other] = [await renderScene(), await renderScene()];
    expect(one).toMatchObject({ format: 'jpeg', width: 1600, height: 1067 });
    expect(await sharp(one.bytes).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1600,
      height: 1067,
    });
    expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);
  });

  it('leaves something to fix: dark, flat and too blue', async () => {
    const { bytes } = await renderScene();
    const { red, green, blue } = await meanOf(bytes, 0, 0, 1, 1);
    expect(0.21 * red + 0.72 * green + 0.07 * blue).toBeLessThan(100);
    expect(blue).toBeGreaterThan(red + 15);
    const { channels } = await sharp(bytes).greyscale().stats();
    expect(channels[0]?.stdev).toBeLessThan(50);
    expect(channels[0]?.max).toBeLessThan(230);
  });

  it('shows clear colours on what stands out', async () => {
    const { bytes } = await renderScene();
    const sail = await meanOf(bytes, 0.67, 0.6, 0.03, 0.05);
    expect(sail.red).toBeGreaterThan(2 * sail.green);
    const roof = await meanOf(bytes, 0.23, 0.49, 0.06, 0.04);
    expect(roof.red).toBeGreaterThan(2 * roof.green);
    const glow = await meanOf(bytes, 0.58, 0.45, 0.04, 0.02);
    const sky = await meanOf(bytes, 0.4, 0.02, 0.1, 0.05);
    expect(glow.red + glow.green).toBeGreaterThan(sky.red + sky.green + 60);
  });
});
