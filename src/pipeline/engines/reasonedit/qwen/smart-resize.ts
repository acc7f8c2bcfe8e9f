export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Least and most pixels that a picture is shown to the model with. */
export interface PixelRange {
  readonly min: number;
  readonly max: number;
}

/** Sides further apart than this are not what the model was made for. */
const MAX_ASPECT_RATIO = 200;

/**
 * The size that Qwen2.5-VL sees a picture in: multiples of `factor` close to its sides, as many pixels as `range` allows,
 * the aspect ratio kept as well as that permits (transformers, `smart_resize`).
 */
export function smartResize({ width, height }: Size, factor: number, range: PixelRange): Size {
  const longest = Math.max(width, height);
  const shortest = Math.max(Math.min(width, height), longest / MAX_ASPECT_RATIO);
  const [w, h] = width >= height ? [longest, shortest] : [shortest, longest];
  const nearest = (side: number): number => roundHalfToEven(side / factor) * factor;
  const pixels = nearest(w) * nearest(h);
  if (pixels > range.max) {
    const shrink = Math.sqrt((w * h) / range.max);
    const side = (length: number): number =>
      Math.max(factor, Math.floor(length / shrink / factor) * factor);
    return { width: side(w), height: side(h) };
  }
  if (pixels < range.min) {
    const grow = Math.sqrt(range.min / (w * h));
    const side = (length: number): number => Math.ceil((length * grow) / factor) * factor;
    return { width: side(w), height: side(h) };
  }
  return { width: nearest(w), height: nearest(h) };
}

/** As Python rounds. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Longest side in pixels, and pixels, that the released loop thinks and judges with. */
const MAX_SIDE = 1_024;
const ANY_PIXELS: PixelRange = { min: 4 * 28 * 28, max: 16_384 * 28 * 28 };
const REASONING_PIXELS: PixelRange = { min: 262_144, max: 802_816 };

/** The size in which the released loop shows a picture to the model, which it reaches in three steps. */
export function shownSize({ width, height }: Size, factor: number): Size {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const small = { width: side(width), height: side(height) };
  return smartResize(smartResize(small, factor, ANY_PIXELS), factor, REASONING_PIXELS);
}
