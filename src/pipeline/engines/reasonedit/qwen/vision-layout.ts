import type { Grid, PatchSizes } from './patches.ts';

/** How the vision tower's blocks look at a picture: windows, and places for the rotary embedding. */
export interface VisionLayout {
  /** The tokens (merged patches) in the order of their windows. */
  readonly order: number[];
  /** For each token, its place in `order`. */
  readonly places: number[];
  readonly windows: number;
  /** [windows, patches of a full window], places of patches in window order; 0 where a window has fewer. */
  readonly windowPatches: number[];
  /** The same shape: which of them there are. */
  readonly windowMask: boolean[];
  /** For each patch in window order, its place in `windowPatches`. */
  readonly patchPlaces: number[];
  /** Row and column of each patch, in window order. */
  readonly rows: number[];
  readonly columns: number[];
}

/** Windows are `window_size` pixels on a side; those at the right and lower border have what is left. */
export function visionLayout(
  grid: Grid,
  sizes: PatchSizes & { window_size: number },
): VisionLayout {
  const merge = sizes.spatial_merge_size;
  const side = Math.floor(sizes.window_size / merge / sizes.patch_size);
  const tokenRows = grid.rows / merge;
  const tokenColumns = grid.columns / merge;
  const full = side * side * merge * merge;

  const order: number[] = [];
  const windowPatches: number[] = [];
  const windowMask: boolean[] = [];
  const patchPlaces: number[] = [];
  const rows: number[] = [];
  const columns: number[] = [];
  let windows = 0;
  for (let top = 0; top < tokenRows; top += side) {
    for (let left = 0; left < tokenColumns; left += side) {
      const start = windows++ * full;
      let filled = 0;
      for (let row = top; row < Math.min(top + side, tokenRows); row++) {
        for (let column = left; column < Math.min(left + side, tokenColumns); column++) {
          order.push(row * tokenColumns + column);
          for (let inside = 0; inside < merge * merge; inside++) {
            windowPatches.push(patchPlaces.length);
            windowMask.push(true);
            patchPlaces.push(start + filled++);
            rows.push(row * merge + Math.floor(inside / merge));
            columns.push(column * merge + (inside % merge));
          }
        }
      }
      for (; filled < full; filled++) {
        windowPatches.push(0);
        windowMask.push(false);
      }
    }
  }
  const places = Array.from<number>({ length: order.length });
  order.forEach((token, place) => (places[token] = place));
  return { order, places, windows, windowPatches, windowMask, patchPlaces, rows, columns };
}
