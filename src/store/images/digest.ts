import { webcrypto } from 'node:crypto';

import { AppError } from '../../errors.ts';
import type { EncodedImage } from '../../image/types.ts';
import { ImageReference, ImageId } from '../image-reference.ts';

/** The SHA-256 of some bytes in hex, computed outside of the main thread. */
async function digestOf(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** The reference that a picture is kept under. */
export async function referenceTo(image: EncodedImage): Promise<ImageReference> {
  const { bytes, format, width, height } = image;
  return ImageReference.parse({
    id: await digestOf(bytes),
    format,
    width,
    height,
    bytes: bytes.length,
  });
}

/** The picture that a reference stands for, if these are its bytes. @throws {AppError} `IMAGE_DAMAGED` */
export async function verified(
  { id, format, width, height }: ImageReference,
  bytes: Uint8Array,
): Promise<EncodedImage> {
  if ((await digestOf(bytes)) !== id) {
    throw new AppError('IMAGE_DAMAGED', 'The kept picture is damaged; please send it again.', {
      cause: new Error(`The bytes of ${id} are not its own.`),
    });
  }
  return { bytes, format, width, height };
}

/** @throws {AppError} `INTERNAL` when it is no reference, whatever its type says. */
export function checkedReference(reference: ImageReference): ImageReference {
  const parsed = ImageReference.safeParse(reference);
  if (parsed.success) return parsed.data;
  throw notAReference(parsed.error);
}

/** @throws {AppError} `INTERNAL` when it is no id, whatever its type says. */
export function checkedId(id: string): string {
  const parsed = ImageId.safeParse(id);
  if (parsed.success) return parsed.data;
  throw notAReference(parsed.error);
}

export function notKept(cause: unknown): AppError {
  return new AppError('IMAGE_NOT_FOUND', 'That picture is no longer kept; please send it again.', {
    cause,
  });
}

function notAReference(cause: unknown): AppError {
  return new AppError('INTERNAL', 'Something went wrong inside; please try again.', { cause });
}
