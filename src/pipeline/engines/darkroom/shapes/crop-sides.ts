import type { Wish } from '../operation.ts';
import { plannedCrop } from './crop-to.ts';

export const SIDES = ['top', 'right', 'bottom', 'left'] as const;
export type Side = (typeof SIDES)[number];

/** How much comes off a side: pixels, or percent of the picture's own side. */
export interface Cut {
  readonly amount: number;
  readonly inPixels: boolean;
}

/** Cuts the same off one or several sides. */
export const cutSides = (sides: readonly Side[], { amount, inPixels }: Cut): Wish => ({
  operation: 'crop',
  plan: (photo) => {
    const of = (side: Side): number => {
      if (!sides.includes(side)) return 0;
      const length = side === 'top' || side === 'bottom' ? photo.height : photo.width;
      return Math.round(inPixels ? amount : (length * amount) / 100);
    };
    const [top, right, bottom, left] = [of('top'), of('right'), of('bottom'), of('left')];
    const box = {
      width: photo.width - left - right,
      height: photo.height - top - bottom,
      left,
      top,
    };
    if (top + right + bottom + left <= 0) return { nothing: 'That cuts less than one pixel.' };
    if (box.width < 1 || box.height < 1) {
      return {
        nothing: `I can't cut that much off a picture of ${photo.width} × ${photo.height} px.`,
      };
    }
    const said = SIDES.filter((side) => of(side) > 0)
      .map((side) => `${of(side)} px from the ${side}`)
      .join(', ');
    return plannedCrop(box, `I cut ${said}.`);
  },
});
