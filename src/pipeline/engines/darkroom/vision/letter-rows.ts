import type { Box } from '../pixels/box.ts';
import type { Copy } from './copy.ts';

/** Letters of a row are this close (in heights), overlap so much in height, and differ so little in colour (levels). */
const CLOSE = 1.2;
const OVERLAP = 0.6;
const ALIKE = 45;

/** Pixels that belong together, and the box around them; pixels of the copy. */
export interface Group {
  readonly box: Box;
  readonly pixels: readonly number[];
  /** How many parts it has that do not touch. */
  readonly parts: number;
}

/** Joins what stands side by side like letters: of one height and colour, `close` heights apart at most. */
export function joinRows(groups: readonly Group[], copy: Copy, close = CLOSE): Group[] {
  const rows: { group: Group; colour: readonly number[] }[] = [];
  const ordered = groups.toSorted((one, other) => one.box.left - other.box.left);
  for (const group of ordered) {
    const colour = meanColour(group, copy);
    const row = rows.findLast(
      (other) =>
        isBeside(other.group.box, group.box, close) &&
        colour.every((value, channel) => Math.abs(value - (other.colour[channel] ?? 0)) < ALIKE),
    );
    if (row) row.group = join(row.group, group);
    else rows.push({ group, colour });
  }
  return rows.map(({ group }) => group);
}

function meanColour({ pixels }: Group, { rgb }: Copy): number[] {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (const pixel of pixels) sum += rgb[pixel * 3 + channel] as number;
    return sum / pixels.length;
  });
}

function isBeside(row: Box, next: Box, close: number): boolean {
  const gap = next.left - (row.left + row.width);
  const top = Math.max(row.top, next.top);
  const bottom = Math.min(row.top + row.height, next.top + next.height);
  const [shorter, taller] = [Math.min(row.height, next.height), Math.max(row.height, next.height)];
  return gap < close * taller && bottom - top >= OVERLAP * shorter && shorter > 0.5 * taller;
}

function join(one: Group, other: Group): Group {
  const left = Math.min(one.box.left, other.box.left);
  const top = Math.min(one.box.top, other.box.top);
  const right = Math.max(one.box.left + one.box.width, other.box.left + other.box.width);
  const bottom = Math.max(one.box.top + one.box.height, other.box.top + other.box.height);
  return {
    box: { left, top, width: right - left, height: bottom - top },
    pixels: [...one.pixels, ...other.pixels],
    parts: one.parts + other.parts,
  };
}
