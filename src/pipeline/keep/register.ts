import type { Call } from '../types.ts';
import { reach, type Mapping } from './mapping.ts';
import { breathe, type Pixels, type Plane } from './pixels.ts';
import { pyramidOf } from './pyramid.ts';
import { Histogram } from './histogram.ts';
import { solve } from './solve.ts';

export interface Registration {
  readonly mapping: Mapping;
  /** Mean difference of the two pictures where they are laid on each other, of 255; large ones count as `CLIP`. */
  readonly distance: number;
}

const MAX_STEPS = 12;
/** A step that moves no corner further than this ends the search on a level; pixels of the level. */
const ENOUGH = 0.02;
/** Differences beyond it are of the edit. */
const CLIP = 32;
/** On large levels so many pixels of each row and column are enough. */
const MAX_SAMPLES_A_SIDE = 360;

/** Two pictures made ready to be laid on each other; levels of like size side by side, the smallest first. */
export interface Pair {
  readonly levels: readonly (readonly [Plane, Sloped])[];
}

export async function pairOf(source: Pixels, painted: Pixels, call: Call): Promise<Pair> {
  const ones = await pyramidOf(source, call);
  const others = (await pyramidOf(painted, call)).map(withSlopes);
  const count = Math.min(ones.length, others.length);
  const levels = ones.slice(-count).flatMap((one, index) => {
    const other = others.slice(-count)[index];
    return other ? [[one, other] as const] : [];
  });
  return { levels };
}

/**
 * Finds where each point of one picture lies in the other: shift and zoom of the whole picture, starting from
 * a guess. Minimises the squared difference in brightness by Gauss and Newton, from coarse to fine (Lucas
 * and Kanade 1981), with a gain and an offset of the brightness as further unknowns, and with the weights of
 * Geman and McClure, so that what the edit changed does not count.
 */
export async function register(pair: Pair, guess: Mapping, call: Call): Promise<Registration> {
  let state: State = { mapping: guess, gain: 1, offset: 0, scale: CLIP };
  for (const [one, other] of pair.levels) {
    state = await refine(one, other, state, call);
  }
  return { mapping: state.mapping, distance: distanceOf(pair, state) };
}

/** How far two pictures are apart under a mapping, whatever the brightness of one as a whole. */
export function distanceUnder(pair: Pair, mapping: Mapping): number {
  let state: State = { mapping, gain: 1, offset: 0, scale: CLIP };
  const [one, other] = pair.levels.at(-1) ?? [];
  if (!one || !other) return CLIP;
  for (let step = 0; step < 4; step += 1) state = improve(one, other, state, 4);
  return distanceOf(pair, state);
}

function distanceOf({ levels }: Pair, state: State): number {
  const [one, other] = levels.at(-1) ?? [];
  return one && other ? clippedDistance(one, other, state) : CLIP;
}

interface State {
  readonly mapping: Mapping;
  readonly gain: number;
  readonly offset: number;
  /** Differences far beyond it are of the edit; of 255. */
  readonly scale: number;
}

interface Sloped extends Plane {
  readonly across: Float32Array;
  readonly down: Float32Array;
}

function withSlopes({ data, width, height }: Plane): Sloped {
  const across = new Float32Array(data.length);
  const down = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      across[at] = ((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) / 2;
      down[at] = ((data[at + width] ?? 0) - (data[at - width] ?? 0)) / 2;
    }
  }
  return { data, width, height, across, down };
}

async function refine(level: Plane, other: Sloped, start: State, call: Call): Promise<State> {
  let state = start;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await breathe(call);
    const next = improve(level, other, state, 0);
    const moved = reach(
      {
        x: {
          scale: 1 + next.mapping.x.scale - state.mapping.x.scale,
          shift: next.mapping.x.shift - state.mapping.x.shift,
        },
        y: {
          scale: 1 + next.mapping.y.scale - state.mapping.y.scale,
          shift: next.mapping.y.shift - state.mapping.y.shift,
        },
      },
      level,
    );
    state = next;
    if (moved < ENOUGH) break;
  }
  return state;
}

/** The unknowns: scale and shift across, scale and shift down, gain, offset. */
const UNKNOWNS = 6;

/**
 * One step of Gauss and Newton.
 * @param from The first of the unknowns that may change: 0 all, 4 the brightness alone.
 */
function improve(level: Plane, other: Sloped, state: State, from: number): State {
  const { mapping, gain, offset, scale } = state;
  const { count, x, y, ones, others, across, down } = samplesOf(level, other, mapping);
  const width = UNKNOWNS + 1;
  const normal = new Float64Array(UNKNOWNS * width);
  // The slope along each unknown, and last the difference that is left.
  const slopes = new Float64Array(width);
  const sizes = new Histogram();
  for (let at = 0; at < count; at += 1) {
    const value = others[at] ?? 0;
    const difference = (ones[at] ?? 0) - gain * value - offset;
    sizes.add(Math.abs(difference));
    const far = difference / scale;
    const near = 1 / (1 + far * far);
    const alongX = gain * (across[at] ?? 0) * other.width;
    const alongY = gain * (down[at] ?? 0) * other.height;
    slopes[0] = alongX * (x[at] ?? 0);
    slopes[1] = alongX;
    slopes[2] = alongY * (y[at] ?? 0);
    slopes[3] = alongY;
    slopes[4] = value;
    slopes[5] = 1;
    slopes[6] = difference;
    for (let row = from; row < UNKNOWNS; row += 1) {
      const part = near * near * (slopes[row] ?? 0);
      for (let column = row; column < width; column += 1) {
        const place = row * width + column;
        normal[place] = (normal[place] ?? 0) + part * (slopes[column] ?? 0);
      }
    }
  }
  for (let row = from; row < UNKNOWNS; row += 1) {
    for (let column = from; column < row; column += 1) {
      normal[row * width + column] = normal[column * width + row] ?? 0;
    }
  }
  for (let row = 0; row < from; row += 1) normal[row * width + row] = 1;
  const step = solve(normal, UNKNOWNS);
  // Where nothing has a slope nothing can be found.
  if (!step) return state;
  const [xScale = 0, xShift = 0, yScale = 0, yShift = 0, dGain = 0, dOffset = 0] = step;
  return {
    mapping: {
      x: { scale: mapping.x.scale + xScale, shift: mapping.x.shift + xShift },
      y: { scale: mapping.y.scale + yScale, shift: mapping.y.shift + yShift },
    },
    gain: Math.min(2, Math.max(0.5, gain + dGain)),
    offset: Math.min(64, Math.max(-64, offset + dOffset)),
    scale: Math.min(CLIP, Math.max(4, 3 * sizes.median())),
  };
}

function clippedDistance(level: Plane, other: Sloped, { mapping, gain, offset }: State): number {
  const { count, ones, others } = samplesOf(level, other, mapping);
  let sum = 0;
  for (let at = 0; at < count; at += 1) {
    sum += Math.min(CLIP, Math.abs((ones[at] ?? 0) - gain * (others[at] ?? 0) - offset));
  }
  return count === 0 ? CLIP : sum / count;
}

/** Points of a level, and what the other has in the place of each; as many as `count`. */
interface Samples {
  readonly count: number;
  /** Shares of the sides. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The values of the level and of the other, and the slopes of the other. */
  readonly ones: Float32Array;
  readonly others: Float32Array;
  readonly across: Float32Array;
  readonly down: Float32Array;
}

/** What lies outside of the other is left out. */
function samplesOf(
  { data, width, height }: Plane,
  other: Sloped,
  { x: acrossAxis, y: downAxis }: Mapping,
): Samples {
  const stride = Math.max(1, Math.ceil(Math.max(width, height) / MAX_SAMPLES_A_SIDE));
  const most = Math.ceil(width / stride) * Math.ceil(height / stride);
  const [xs, ys, ones] = [new Float32Array(most), new Float32Array(most), new Float32Array(most)];
  const others = new Float32Array(most);
  const [across, down] = [new Float32Array(most), new Float32Array(most)];
  let count = 0;
  for (let row = 0; row < height; row += stride) {
    const y = (row + 0.5) / height;
    const v = (downAxis.scale * y + downAxis.shift) * other.height - 0.5;
    if (!(v >= 1 && v < other.height - 2)) continue;
    const top = Math.floor(v);
    for (let column = 0; column < width; column += stride) {
      const x = (column + 0.5) / width;
      const u = (acrossAxis.scale * x + acrossAxis.shift) * other.width - 0.5;
      if (!(u >= 1 && u < other.width - 2)) continue;
      const left = Math.floor(u);
      const at = top * other.width + left;
      xs[count] = x;
      ys[count] = y;
      ones[count] = data[row * width + column] ?? 0;
      others[count] = between(other.data, at, other.width, u - left, v - top);
      across[count] = between(other.across, at, other.width, u - left, v - top);
      down[count] = between(other.down, at, other.width, u - left, v - top);
      count += 1;
    }
  }
  return { count, x: xs, y: ys, ones, others, across, down };
}

/** Between four values, so far to the right and down of the first, 0 to 1. */
function between(data: Float32Array, at: number, width: number, a: number, b: number): number {
  const above = (1 - a) * (data[at] ?? 0) + a * (data[at + 1] ?? 0);
  const below = (1 - a) * (data[at + width] ?? 0) + a * (data[at + width + 1] ?? 0);
  return (1 - b) * above + b * below;
}
