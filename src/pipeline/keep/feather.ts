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
  const out = data.map((mark) => (mark > 0 ? 0 : width + height));
  const reach = (at: number, from: number, step: number) => {
    const far = (out[from] ?? Infinity) + step;
    if (far < (out[at] ?? 0)) out[at] = far;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (x > 0) reach(at, at - 1, 1);
      if (y > 0) reach(at, at - width, 1);
      if (y > 0 && x > 0) reach(at, at - width - 1, DIAGONAL);
      if (y > 0 && x < width - 1) reach(at, at - width + 1, DIAGONAL);
    }
  }
  for (let y = height - 1; y >= 0; y -= 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      const at = y * width + x;
      if (x < width - 1) reach(at, at + 1, 1);
      if (y < height - 1) reach(at, at + width, 1);
      if (y < height - 1 && x < width - 1) reach(at, at + width + 1, DIAGONAL);
      if (y < height - 1 && x > 0) reach(at, at + width - 1, DIAGONAL);
    }
  }
  return out;
}
