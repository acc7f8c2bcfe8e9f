import { bytesToLab } from '../pixels/colour.ts';
import type { Copy } from './copy.ts';
import { guidedFilter } from './guided-filter.ts';

/** Cells of the colour histograms along each axis of L*a*b*. */
const BINS = 16;
const ROUNDS = 6;
/** The most that colour alone can say, in natural logarithms of odds. */
const MOST_SAID = 2.5;
/** A share of pixels that any colour may have without being known. */
const UNKNOWN = 5e-5;
/** Smooths each round along the picture's edges; see `guidedFilter`. */
const SMOOTH = { radius: 4, epsilon: 0.002 } as const;

/**
 * Turns a guess of where something is (0 to 1 a pixel) into a better one: learns its colours and those
 * of the rest, judges each pixel by guess and colour together, smooths along edges, and begins anew.
 */
export function growGuess(copy: Copy, guess: Float32Array): Float32Array {
  const cells = colourCells(copy);
  const smooth = guidedFilter(copy, SMOOTH.radius, SMOOTH.epsilon);
  const odds = guess.map((value) => {
    const sure = Math.min(0.97, Math.max(0.03, value));
    return Math.log(sure / (1 - sure));
  });
  let current = guess;
  for (let round = 0; round < ROUNDS; round += 1) {
    const inside = new Float32Array(BINS ** 3);
    const outside = new Float32Array(BINS ** 3);
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] as number;
      inside[cell] = (inside[cell] as number) + (current[at] as number);
      outside[cell] = (outside[cell] as number) + 1 - (current[at] as number);
    }
    const [mine, others] = [shares(inside), shares(outside)];
    const said = mine.map((share, cell) => {
      const ratio = Math.log((share + UNKNOWN) / ((others[cell] as number) + UNKNOWN));
      return Math.min(MOST_SAID, Math.max(-MOST_SAID, ratio));
    });
    const judged = odds.map(
      (value, at) => 1 / (1 + Math.exp(-value - (said[cells[at] as number] as number))),
    );
    current = smooth(judged).map((value) => Math.min(1, Math.max(0, value)));
  }
  return current;
}

function colourCells(copy: Copy): Uint16Array {
  const count = copy.width * copy.height;
  const [lightness, a, b] = [0, 1, 2].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  bytesToLab(copy.rgb, lightness, a, b);
  const bin = (value: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)));
  return Uint16Array.from(lightness, (light, at) => {
    const [green, blue] = [((a[at] ?? 0) + 64) / 128, ((b[at] ?? 0) + 64) / 128];
    return (bin(light / 100) * BINS + bin(green)) * BINS + bin(blue);
  });
}

/** Counts as shares of their sum, spread over neighbouring cells, for few pixels fall into each. */
function shares(counts: Float32Array): Float32Array {
  let from = counts;
  for (const step of [1, BINS, BINS * BINS]) {
    const to = new Float32Array(from.length);
    for (let cell = 0; cell < to.length; cell += 1) {
      const place = Math.floor(cell / step) % BINS;
      const before = place > 0 ? (from[cell - step] as number) : 0;
      const after = place < BINS - 1 ? (from[cell + step] as number) : 0;
      to[cell] = 0.5 * (from[cell] as number) + 0.25 * (before + after);
    }
    from = to;
  }
  let sum = 0;
  for (const count of from) sum += count;
  return sum > 0 ? from.map((count) => count / sum) : from;
}
