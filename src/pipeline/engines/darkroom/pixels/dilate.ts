import type { Size } from './box.ts';

/** Grows coverage by `radius` pixels in every direction: the highest value within a square. */
export function dilate(coverage: Uint8Array, size: Size, radius: number): Uint8Array {
  const across = pass(coverage, radius, 1, size.width, size.width, size.height);
  return pass(across, radius, size.width, size.height, 1, size.width);
}

/** A running maximum along lines of `length` values `step` apart; `count` lines, `stride` apart. */
function pass(
  from: Uint8Array,
  radius: number,
  step: number,
  length: number,
  stride: number,
  count: number,
): Uint8Array {
  const to = new Uint8Array(from.length);
  for (let line = 0; line < count; line += 1) {
    const start = line * stride;
    for (let at = 0; at < length; at += 1) {
      let highest = 0;
      const last = Math.min(length - 1, at + radius);
      for (let near = Math.max(0, at - radius); near <= last; near += 1) {
        const value = from[start + near * step] as number;
        if (value > highest) highest = value;
      }
      to[start + at * step] = highest;
    }
  }
  return to;
}
