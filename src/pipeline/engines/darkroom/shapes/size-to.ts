import type { Wish } from '../operation.ts';
import type { Size } from '../pixels/box.ts';

const MAX_SIDE = 16_384;
const MAX_PIXELS = 100_000_000;

/** More than this would be inventing a picture. */
const MOST_ENLARGED = 2;

export interface Sizing {
  /** What a size that only stands for a shape is called; it is then not enlarged to at any price. */
  readonly shapeOf?: string;
  readonly quiet?: boolean;
}

/** Scales to a size that may follow from the picture's own. */
export function sizeTo(wanted: (size: Size) => Size, { shapeOf, quiet }: Sizing = {}): Wish {
  return {
    operation: 'resize',
    ...(quiet && { quiet }),
    plan: (photo) => {
      const { width, height } = wholePixels(wanted(photo));
      if (width === photo.width && height === photo.height) {
        return { nothing: `It is ${width} × ${height} px already.` };
      }
      if (!isPossible({ width, height })) {
        return {
          nothing: `${width} × ${height} px is more than I make (${MAX_SIDE} px a side, 100 megapixels).`,
        };
      }
      const scale = Math.max(width / photo.width, height / photo.height);
      if (shapeOf !== undefined && scale > MOST_ENLARGED) {
        return {
          nothing: `To be ${width} × ${height} px it would have to be enlarged ${scale.toFixed(1)} times, and no detail is gained by that: I keep to the shape of ${shapeOf}.`,
        };
      }
      return {
        params: { width, height },
        goals: [
          { metric: 'width', at: width, within: 0 },
          { metric: 'height', at: height, within: 0 },
          { metric: 'likeness', atLeast: 95 },
        ],
        why: `It is ${photo.width} × ${photo.height} px; I resize it to ${width} × ${height} px${width > photo.width ? ' (no detail is gained by that)' : ''}.`,
      };
    },
  };
}

/** Whether a picture of this size is made at all. */
export const isPossible = ({ width, height }: Size): boolean =>
  width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;

export const wholePixels = ({ width, height }: Size): Size => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

/** The largest size of a picture's shape that fits into another. */
export function fittedInto({ width, height }: Size, box: Size): Size {
  const scale = Math.min(box.width / width, box.height / height);
  return wholePixels({ width: width * scale, height: height * scale });
}
