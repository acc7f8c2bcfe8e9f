/** Which of the corrections are made. */
export interface KeepOptions {
  /** The size and shape of the picture before the edit. */
  readonly size: boolean;
  /** Its place: shift and zoom are found and undone. */
  readonly place: boolean;
  /** Its pixels, wherever the edit was not. */
  readonly pixels: boolean;
}

/** What was done to a painted picture, and why. A part that was not needed is absent. */
export interface Kept {
  /** The size that the editor painted in, pixels. */
  readonly resizedFrom?: { readonly width: number; readonly height: number };
  /** How far the editor had moved the whole picture, which was undone. */
  readonly moved?: Movement;
  /** The share of the picture that was put back from before the edit, 0 to 1. */
  readonly restored?: number;
  /** The share of the picture that a mask kept from changing, 0 to 1. */
  readonly outsideMask?: number;
}

/** From the picture before to the one after; pixels of the former. */
export interface Movement {
  /** To the right, of the middle. */
  readonly x: number;
  /** Down, of the middle. */
  readonly y: number;
  /** 1.02 is 2 % larger; the mean of both directions. */
  readonly zoom: number;
}
