import type { Plane } from './pixels.ts';

const DIAGONAL = Math.SQRT2;

/**
 * A mask with soft edges: 1 where the marks are and a little way around them, falling to 0 at `width` pixels from
 * them.
 */
export function feathered(marks: Plane, featherWidth: number): Plane {
  const { width, height } = marks;
  const distance = distancesTo(marks);
  const solid = featherWidth / 3;
  const data = distance.map((pixels) => {
    const left = Math.min(1, Math.max(0, (featherWidth - pixels) / (featherWidth - solid)));
    return left * left * (3 - 2 * left);
  });
  return { data, width, height };
}

/** How far each pixel is from the nearest mark, by steps to its eight neighbours (Borgefors 1986). */
function distancesTo({ data, width, height }: Plane): Float32Array {
  const far = width + height;
  // With a border, so that each pixel has all its neighbours.
  const wide = width + 2;
  const out = new Float32Array(wide * (height + 2)).fill(far);
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width, (y + 1) * width);
    out.set(
      row.map((mark) => (mark > 0 ? 0 : far)),
      (y + 1) * wide + 1,
    );
  }
  const first = wide + 1;
  const last = out.length - wide - 2;
  for (let at = first; at <= last; at += 1) sink(out, at, -1, -wide);
  for (let at = last; at >= first; at -= 1) sink(out, at, 1, wide);
  const distances = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const start = (y + 1) * wide + 1;
    distances.set(out.subarray(start, start + width), y * width);
  }
  return distances;
}

/** Makes a distance no larger than those of its neighbours on one side allow. */
function sink(out: Float32Array, at: number, column: number, row: number): void {
  const straight = Math.min(out[at + column] ?? 0, out[at + row] ?? 0) + 1;
  const slanted = Math.min(out[at + row + column] ?? 0, out[at + row - column] ?? 0) + DIAGONAL;
  out[at] = Math.min(out[at] ?? 0, straight, slanted);
}
