/** How much each place of a picture belongs to something: 0 to 255, row by row, at any size; it is scaled to the picture it is laid over. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly weights: Uint8Array;
}
