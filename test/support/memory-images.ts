import { createHash } from 'node:crypto';

import type { EncodedImage } from '../../src/image/types.ts';
import { AppError } from '../../src/errors.ts';
import type { ImageReference } from '../../src/store/image-reference.ts';
import type { TurnImages } from '../../src/queue/types.ts';

/** An image store in memory. As any other it gives another object each time. */
export class MemoryImages implements TurnImages {
  readonly kept = new Map<string, EncodedImage>();
  gets = 0;
  puts = 0;

  async get({ id }: ImageReference): Promise<EncodedImage> {
    this.gets += 1;
    const image = this.kept.get(id);
    if (!image) throw new AppError('IMAGE_NOT_FOUND', 'The picture is not kept any more.');
    return { ...image };
  }

  async put(image: EncodedImage): Promise<ImageReference> {
    this.puts += 1;
    const reference = referenceTo(image);
    this.kept.set(reference.id, image);
    return reference;
  }
}

export function referenceTo({ bytes, format, width, height }: EncodedImage): ImageReference {
  const id = createHash('sha256').update(bytes).digest('hex');
  return { id, format, width, height, bytes: bytes.length };
}
