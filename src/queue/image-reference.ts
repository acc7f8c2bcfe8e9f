import { z } from 'zod';

import { IMAGE_FORMATS } from '../image/types.ts';

/** A picture by its content: plain data that crosses every boundary in place of the bytes. */
export const ImageReference = z.object({
  /** The SHA-256 of the file in lower-case hex. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  format: z.enum(IMAGE_FORMATS),
  /** Pixels as seen, after EXIF orientation. */
  width: z.int().positive(),
  /** Pixels as seen, after EXIF orientation. */
  height: z.int().positive(),
  /** Length of the file. */
  bytes: z.int().positive(),
});

export type ImageReference = Readonly<z.infer<typeof ImageReference>>;
