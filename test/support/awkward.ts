import sharp from 'sharp';

import type { EncodedImage } from '../../src/image/types.ts';
import { encoded, makePhoto } from './photos.ts';

/** Pictures of every awkward kind: of one pixel, very narrow, with transparency, with 16 bits. */
export async function awkwardPictures(): Promise<
  readonly { readonly kind: string; readonly image: EncodedImage }[]
> {
  const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
    encoded(
      sharp({
        create: { width, height, channels, background: { r: 60, g: 90, b: 140, alpha: 0.5 } },
      }),
      'png',
    );
  const photo = await makePhoto({ width: 120, height: 80 });
  const deep = await sharp(photo.bytes).toColourspace('rgb16').png().toBuffer();
  return [
    { kind: '1 x 1', image: await plain(1, 1) },
    { kind: '1 x 2000', image: await plain(1, 2000) },
    { kind: '2000 x 1', image: await plain(2000, 1) },
    { kind: 'RGBA', image: await plain(90, 60, 4) },
    { kind: '16 bits', image: { ...photo, bytes: deep } },
  ];
}
