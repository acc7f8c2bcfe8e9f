/** What a picture from outside may cost before it is refused. */
export interface ImageLimits {
  /** Size of the file. */
  readonly maxBytes: number;
  /** Width times height of one frame. */
  readonly maxPixels: number;
  /** Frames of an animation, pages of a document; only the first is used, but all are parsed. */
  readonly maxFrames: number;
  /** Time to decode one picture, once its turn has come. */
  readonly timeoutMs: number;
}

export const IMAGE_LIMITS: ImageLimits = Object.freeze({
  maxBytes: 50_000_000,
  maxPixels: 100_000_000,
  maxFrames: 1_000,
  timeoutMs: 20_000,
});
