/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in its pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Colours with alpha, 4 bytes a pixel, to be laid over a box of the picture. */
export interface Painting {
  readonly box: Box;
  readonly rgba: Uint8Array;
}
