import type { Mask } from '../pixels/mask.ts';

/** Something looked for in a picture. */
export interface Found {
  /** Of the copy's size. */
  readonly mask: Mask;
  /** 0 to 1: from `SURE` on it can be used without a word, below `UNSURE` it was not found. */
  readonly confidence: number;
}

export const SURE = 0.6;
export const UNSURE = 0.35;

/** What was not found at all: nothing of the picture, with no confidence. */
export function nothingFound({ width, height }: { width: number; height: number }): Found {
  return { mask: { width, height, weights: new Uint8Array(width * height) }, confidence: 0 };
}
