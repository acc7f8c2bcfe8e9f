import { weightsAt } from '../pixels/mask.ts';
import type { Evidence } from './goal.ts';
import type { Photo } from './photo.ts';

/**
 * How much lightness still varies within the blocks of `params.block` pixels that were to become one
 * tone each, as a percentage of how much it did before. Pixels of the measured copy that lie on the
 * border of two blocks show both and are left out.
 */
export function blockDetail({ base, edited, area, params }: Evidence): number {
  const block = Number(params['block']);
  const inside = area.mask && weightsAt(area.mask, edited.copy);
  const before = spreadWithin(base, block, inside);
  const after = spreadWithin(edited, block, inside);
  return (100 * after) / Math.max(before, 0.01);
}

/** Mean distance of L* from the mean of its block. */
function spreadWithin(photo: Photo, block: number, inside: Uint8Array | undefined): number {
  const { copy, lightness } = photo;
  const columns = blocksOf(copy.width, photo.width, block);
  const rows = blocksOf(copy.height, photo.height, block);
  const across = Math.ceil(photo.width / block) + 1;
  const sums = new Map<number, { sum: number; count: number }>();
  const each = (visit: (cell: number, light: number) => void): void => {
    for (let y = 0; y < copy.height; y += 1) {
      const row = rows[y] as number;
      if (row < 0) continue;
      for (let x = 0; x < copy.width; x += 1) {
        const column = columns[x] as number;
        const pixel = y * copy.width + x;
        if (column < 0 || (inside && (inside[pixel] as number) < 250)) continue;
        visit(row * across + column, lightness[pixel] as number);
      }
    }
  };
  each((cell, light) => {
    const known = sums.get(cell) ?? { sum: 0, count: 0 };
    known.sum += light;
    known.count += 1;
    sums.set(cell, known);
  });
  let spread = 0;
  let count = 0;
  each((cell, light) => {
    const known = sums.get(cell);
    if (!known) return;
    spread += Math.abs(light - known.sum / known.count);
    count += 1;
  });
  return spread / Math.max(1, count);
}

/** Which block each pixel of the copy lies in; -1 where it lies in two. */
function blocksOf(copySide: number, fullSide: number, block: number): Int32Array {
  const scale = fullSide / copySide;
  return Int32Array.from({ length: copySide }, (_, at) => {
    const first = Math.floor((at * scale + 1e-6) / block);
    const last = Math.floor(((at + 1) * scale - 1e-6) / block);
    return first === last ? first : -1;
  });
}
