import { z } from 'zod';

import { IMAGE_FORMATS } from '../image/types.ts';

/** The SHA-256 of a picture's bytes in lower-case hex: its name in every image store. */
export const ImageId = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A picture by its content: plain data that crosses every boundary in place of the bytes. Whatever
 * comes from outside passes this schema before it is used, so that no name ever leads elsewhere.
 */
export const ImageReference = z.object({
  id: ImageId,
  format: z.enum(IMAGE_FORMATS),
  /** Pixels as seen, after EXIF orientation. */
  width: z.int().positive(),
  /** Pixels as seen, after EXIF orientation. */
  height: z.int().positive(),
  /** Length of the file. */
  bytes: z.int().positive(),
});

export type ImageReference = Readonly<z.infer<typeof ImageReference>>;
