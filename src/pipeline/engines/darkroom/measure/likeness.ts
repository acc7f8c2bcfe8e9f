import type { Evidence } from './goal.ts';
import type { Photo } from './photo.ts';

/** Cells along each side, where the picture has as many pixels. */
const GRID = 48;

/**
 * How much the edited picture looks like the moved original, percent: the correlation of lightness
 * over a coarse grid. A wrong side, turn or frame shows at once, a change of tone hardly.
 */
export const likeness = ({ base, edited }: Evidence): number => likenessOf(base, edited);

/** The same of two pictures; what is transparent in one of them is left out. */
export function likenessOf(first: Photo, second: Photo): number {
  const cells = Math.min(GRID, ...[first, second].flatMap(({ copy }) => [copy.width, copy.height]));
  const [before, after] = seenInBoth(grid(first, cells), grid(second, cells));
  const meanBefore = mean(before);
  const meanAfter = mean(after);
  let both = 0;
  let squaresBefore = 0;
  let squaresAfter = 0;
  for (let cell = 0; cell < before.length; cell += 1) {
    const one = (before[cell] as number) - meanBefore;
    const other = (after[cell] as number) - meanAfter;
    both += one * other;
    squaresBefore += one * one;
    squaresAfter += other * other;
  }
  // Two pictures of one tone each are alike whichever way they are turned.
  if (Math.max(squaresBefore, squaresAfter) / Math.max(1, before.length) < 0.25) return 100;
  return (100 * both) / Math.max(1e-9, Math.sqrt(squaresBefore * squaresAfter));
}

/** The cells that can be seen in both. */
function seenInBoth(one: Float64Array, other: Float64Array): [Float64Array, Float64Array] {
  const seen = (_: number, cell: number): boolean =>
    !Number.isNaN(one[cell]) && !Number.isNaN(other[cell]);
  return [one.filter(seen), other.filter(seen)];
}

/** Mean lightness of each cell of a grid laid over the picture; NaN where there is nothing to be seen. */
function grid({ copy, lightness, visible }: Photo, cells: number): Float64Array {
  const sums = new Float64Array(cells * cells);
  const counts = new Uint32Array(cells * cells);
  const columns = Uint32Array.from({ length: copy.width }, (_, x) =>
    Math.floor((x * cells) / copy.width),
  );
  for (let y = 0, pixel = 0; y < copy.height; y += 1) {
    const row = Math.floor((y * cells) / copy.height) * cells;
    for (let x = 0; x < copy.width; x += 1, pixel += 1) {
      if (visible?.[pixel] === 0) continue;
      const cell = row + (columns[x] as number);
      sums[cell] = (sums[cell] as number) + (lightness[pixel] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return sums.map((sum, cell) => sum / (counts[cell] as number));
}

const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
