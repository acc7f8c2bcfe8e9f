import type { Pixels } from '../resample.ts';
import type { Size } from './smart-resize.ts';

/** The mean and the deviation of CLIP's training pictures. */
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const DEVIATION = [0.26862954, 0.26130258, 0.27577711];

/** Patches of a picture down and across; both divide by the merge size. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

export interface Patches {
  readonly grid: Grid;
  /** [rows · columns, channels · frames · size · size]. */
  readonly values: Float32Array;
}

export interface PatchSizes {
  readonly patch_size: number;
  readonly temporal_patch_size: number;
  readonly spatial_merge_size: number;
}

/** Pixels that one token of the model stands for, on a side. */
export const tokenSide = ({ patch_size, spatial_merge_size }: PatchSizes): number =>
  patch_size * spatial_merge_size;

const gridOf = ({ width, height }: Size, { patch_size }: PatchSizes): Grid => ({
  rows: height / patch_size,
  columns: width / patch_size,
});

/**
 * Cuts a picture into normalized patches, those that become one token next to each other. A still picture is a film of
 * `temporal_patch_size` equal frames.
 * @param picture Its sides divide by `tokenSide`.
 */
export function patchify(picture: Pixels<Uint8Array>, sizes: PatchSizes): Patches {
  const { patch_size: size, temporal_patch_size: frames, spatial_merge_size: merge } = sizes;
  const grid = gridOf(picture, sizes);
  const area = size * size;
  const values = new Float32Array(grid.rows * grid.columns * 3 * frames * area);
  const tables = MEAN.map((mean, channel) =>
    Float32Array.from(
      { length: 256 },
      (_, level) => (level / 255 - mean) / (DEVIATION[channel] ?? 1),
    ),
  );
  let patch = 0;
  for (let blockRow = 0; blockRow < grid.rows; blockRow += merge) {
    for (let blockColumn = 0; blockColumn < grid.columns; blockColumn += merge) {
      for (let inside = 0; inside < merge * merge; inside++) {
        const top = (blockRow + Math.floor(inside / merge)) * size;
        const left = (blockColumn + (inside % merge)) * size;
        for (let channel = 0; channel < 3; channel++) {
          const start = (patch * 3 + channel) * frames * area;
          const table = tables[channel] as Float32Array;
          copyPatch(picture, { top, left, channel, size }, table, values.subarray(start));
          for (let frame = 1; frame < frames; frame++) {
            values.copyWithin(start + frame * area, start, start + area);
          }
        }
        patch++;
      }
    }
  }
  return { grid, values };
}

function copyPatch(
  { width, data }: Pixels<Uint8Array>,
  { top, left, channel, size }: { top: number; left: number; channel: number; size: number },
  table: Float32Array,
  into: Float32Array,
): void {
  for (let y = 0; y < size; y++) {
    let from = ((top + y) * width + left) * 3 + channel;
    for (let x = 0; x < size; x++, from += 3) into[y * size + x] = table[data[from] ?? 0] ?? 0;
  }
}
