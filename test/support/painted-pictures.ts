import sharp from 'sharp';

import { picturesOf, type ChatMessage } from '../../src/bots/messages.ts';
import type { PictureFile } from '../../src/bots/types.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import type { ImageReference } from '../../src/store/image-reference.ts';
import { referenceTo } from './memory-images.ts';

async function plainPicture(background: string): Promise<EncodedImage> {
  const size = { width: 32, height: 24 };
  const create = { ...size, channels: 3, background } as const;
  return { bytes: await sharp({ create }).png().toBuffer(), format: 'png', ...size };
}

async function kept(background: string) {
  const image = await plainPicture(background);
  return { image, reference: referenceTo(image) };
}

/** Two real pictures, small enough for any platform. */
export const PAINTED = { before: await kept('#336699'), after: await kept('#aa7733') } as const;

/** The pictures of a message, which are of these, as files. */
export function paintedFiles(message: ChatMessage): PictureFile[] {
  return picturesOf(message).map(({ image }) => {
    const name = `${image.id.slice(0, 8)}.png`;
    return { shown: { name, image: imageOf(image) } };
  });
}

function imageOf({ id }: ImageReference): EncodedImage {
  const found = Object.values(PAINTED).find(({ reference }) => reference.id === id);
  if (!found) throw new Error('That is none of the painted pictures.');
  return found.image;
}
