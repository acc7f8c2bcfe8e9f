import type { EncodedImage } from '../../src/image/types.ts';

/** Something that a store takes for a picture: it never looks inside. */
export function small(content: string): EncodedImage {
  return { bytes: new TextEncoder().encode(content), format: 'png', width: 4, height: 3 };
}
