import type { EncodedImage } from '../../../image/types.ts';

/** Whether two pictures are the same file; one that was loaded twice is two objects. */
export function isSamePicture(one: EncodedImage, other: EncodedImage): boolean {
  return one === other || Buffer.from(one.bytes).equals(other.bytes);
}
