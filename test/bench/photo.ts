import sharp from 'sharp';

import { renderScene } from '../../src/demo/scene.ts';
import type { EncodedImage } from '../../src/image/types.ts';

/** A 12-megapixel JPEG: the project's own scene, enlarged, with grain as a camera leaves it. */
export async function bigPhoto(): Promise<EncodedImage> {
  const [width, height] = [4240, 2828];
  const { bytes } = await renderScene();
  const grain = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 5 },
    },
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const jpeg = await sharp(bytes)
    .resize(width, height)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes: jpeg, format: 'jpeg', width, height };
}
