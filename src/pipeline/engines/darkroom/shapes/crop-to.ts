import { eyeCatchingOffset } from '../measure/saliency.ts';
import type { Goal } from '../measure/goal.ts';
import type { Photo } from '../measure/photo.ts';
import type { Planned, Wish } from '../operation.ts';
import type { Box, Size } from '../pixels/box.ts';
import { round } from '../phrase.ts';

/** What stays when a picture is cropped: a side of it, its middle, or what is said to be the head. */
export type Anchor = 'left' | 'right' | 'top' | 'bottom' | 'center' | 'head';

export interface Shape {
  /** Width over height, also as it follows from the picture. */
  readonly ratio: number | ((size: Size) => number);
  /** Around what catches the eye when absent. */
  readonly anchor?: Anchor;
  /** Before the sentence that says what is done: "For an Instagram story". */
  readonly lead?: string;
  readonly quiet?: boolean;
  readonly instead?: readonly Wish[];
}

/** Cuts to a width : height ratio, around what catches the eye unless it is said what to keep. */
export function cropToRatio({ ratio: asked, anchor, lead, quiet, instead }: Shape): Wish {
  return {
    operation: 'crop',
    ...(quiet && { quiet }),
    ...(instead && { instead }),
    plan: (photo) => {
      const ratio = typeof asked === 'number' ? asked : asked(photo);
      const wide = photo.width / photo.height > ratio;
      const width = wide ? Math.max(1, Math.round(photo.height * ratio)) : photo.width;
      const height = wide ? photo.height : Math.max(1, Math.round(photo.width / ratio));
      if (width >= photo.width && height >= photo.height) {
        return { nothing: `Its shape is ${round(ratio, 2)} : 1 already.` };
      }
      const axis = wide ? 'x' : 'y';
      const share = wide ? width / photo.width : height / photo.height;
      const offset = offsetOf(anchor, axis) ?? eyeCatchingOffset(photo, axis, share);
      return plannedCrop(
        {
          width,
          height,
          left: wide ? Math.round((photo.width - width) * offset) : 0,
          top: wide ? 0 : Math.round((photo.height - height) * offset),
        },
        `${lead ? `${lead} I` : 'I'} crop it to ${width} × ${height} px, ${keptBy(anchor, axis)}.`,
        [
          {
            metric: 'aspectRatio',
            at: ratio,
            // Whole pixels allow no better than this.
            within: Math.max(0.005, Math.abs(width / height - ratio) + 0.001),
          },
        ],
      );
    },
  };
}

function keptBy(anchor: Anchor | undefined, axis: 'x' | 'y'): string {
  if (anchor === undefined) return 'around what catches the eye most';
  if (anchor !== 'head') return `keeping the ${anchor}`;
  return axis === 'y'
    ? 'keeping the upper part, where a head should be'
    : 'around what catches the eye most; I do not know faces, so look whether the head is in it';
}

/** Where the crop lies along an axis, 0 to 1; undefined where the picture decides. */
function offsetOf(anchor: Anchor | undefined, axis: 'x' | 'y'): number | undefined {
  if (anchor === 'center') return 0.5;
  if (axis === 'x') return anchor === 'left' ? 0 : anchor === 'right' ? 1 : undefined;
  if (anchor === 'head') return 0.12;
  return anchor === 'top' ? 0 : anchor === 'bottom' ? 1 : undefined;
}

/** Keeps a share of each side, around what catches the eye; `lead` is a sentence to say before. */
export const cropTighter = (kept: number, lead?: string): Wish => ({
  operation: 'crop',
  plan: (photo) => {
    const width = Math.max(1, Math.round(photo.width * kept));
    const height = Math.max(1, Math.round(photo.height * kept));
    if (width === photo.width) return { nothing: 'It is too small to be cropped tighter.' };
    return plannedCrop(
      {
        width,
        height,
        left: Math.round((photo.width - width) * eyeCatchingOffset(photo, 'x', kept)),
        top: Math.round((photo.height - height) * eyeCatchingOffset(photo, 'y', kept)),
      },
      `${lead === undefined ? '' : `${lead} `}I crop it tighter, to ${round(kept * 100, 0)} % of each side, around what catches the eye most.`,
    );
  },
});

/** Cuts out a box of pixels; only its size is given when it is to lie where the eye is caught. */
export const cropToBox = (size: Size, at?: { readonly left: number; top: number }): Wish => ({
  operation: 'crop',
  plan: (photo) => {
    const width = Math.min(size.width, photo.width - (at?.left ?? 0));
    const height = Math.min(size.height, photo.height - (at?.top ?? 0));
    if (width < 1 || height < 1) return { nothing: 'That box lies outside the picture.' };
    const box: Box = {
      width,
      height,
      left: at?.left ?? offsetFor(photo, 'x', width),
      top: at?.top ?? offsetFor(photo, 'y', height),
    };
    const cut = width < size.width || height < size.height ? ', as far as there is picture' : '';
    return plannedCrop(
      box,
      `I crop it to ${width} × ${height} px from ${box.left}, ${box.top}${cut}.`,
    );
  },
});

function offsetFor(photo: Photo, axis: 'x' | 'y', length: number): number {
  const side = axis === 'x' ? photo.width : photo.height;
  return Math.round((side - length) * eyeCatchingOffset(photo, axis, length / side));
}

/** A crop with the goals that all crops have, and further ones. */
export function plannedCrop(box: Box, why: string, goals: readonly Goal[] = []): Planned {
  const { width, height, left, top } = box;
  return {
    params: { width, height, left, top },
    goals: [
      ...goals,
      { metric: 'width', at: width, within: 0 },
      { metric: 'height', at: height, within: 0 },
      { metric: 'likeness', atLeast: 95 },
    ],
    why,
  };
}
