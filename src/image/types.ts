/** The formats a picture may come in. `heic` is read only, and `gif` gives its first frame. */
export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic'] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/**
 * A picture as a file's bytes. Plain data that crosses every boundary; never mutated, so that what
 * was found out about one can be kept by its identity.
 */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** Pixels as seen, after EXIF orientation. */
  readonly width: number;
  /** Pixels as seen, after EXIF orientation. */
  readonly height: number;
}
