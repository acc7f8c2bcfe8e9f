import type { Line } from './lines.ts';

/** What many lines agree on. */
export interface Agreement {
  /** The lean of those in the middle of the picture, degrees. */
  readonly lean: number;
  /** How much of the picture's length they are seen along, added up over different places. */
  readonly cover: number;
  /** The longest of them, 0 to 1. */
  readonly longest: number;
  /** Their share of all lines, 0 to 1. */
  readonly share: number;
}

/** Lines agree when they lean alike within this; degrees. */
const WITHIN = 0.8;
/** Parallels converge in a picture: leans change by up to this from one side to the other; degrees. */
const STRONGEST_CONVERGENCE = 25;
/** Lines nearer than this are the two edges of one thing; share of the breadth. */
const SAME_PLACE = 0.03;
/** Two lines this far apart can tell how parallels converge; share of the breadth. */
const FAR_APART = 0.25;

/** A lean that changes evenly across the picture. */
interface Fan {
  readonly lean: number;
  readonly convergence: number;
}

/** The lean that most lines share. Undefined without lines. */
export const parallelsOf = (lines: readonly Line[]): Agreement | undefined =>
  bestOf(
    lines,
    lines.map(({ lean }) => ({ lean, convergence: 0 })),
  );

/** The lean in the middle of the fan that most lines belong to, as parallels seen from below do. */
export const fanOf = (lines: readonly Line[]): Agreement | undefined =>
  bestOf(lines, [...fansThrough(lines)]);

function bestOf(lines: readonly Line[], fans: readonly Fan[]): Agreement | undefined {
  let best: Fan | undefined;
  let cover = 0;
  for (const fan of fans) {
    const own = coverOf(supporters(lines, fan));
    if (own > cover) {
      best = fan;
      cover = own;
    }
  }
  if (!best) return undefined;
  const found = supporters(lines, best);
  return {
    lean: refined(found, best.convergence),
    cover,
    longest: Math.max(...found.map((line) => line.cover)),
    share: cover / coverOf(lines),
  };
}

function* fansThrough(lines: readonly Line[]): Generator<Fan> {
  for (const [index, line] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      const apart = line.position - other.position;
      // Two on the same side can't tell what is upright in the middle.
      if (Math.abs(apart) < FAR_APART || line.position * other.position > 0.01) continue;
      const convergence = (line.lean - other.lean) / apart;
      if (Math.abs(convergence) > STRONGEST_CONVERGENCE) continue;
      yield { lean: line.lean - convergence * line.position, convergence };
    }
  }
}

const supporters = (lines: readonly Line[], { lean, convergence }: Fan): Line[] =>
  lines.filter((line) => Math.abs(line.lean - lean - convergence * line.position) <= WITHIN);

/** The covers of lines at different places, added up. */
function coverOf(lines: readonly Line[]): number {
  const places = new Map<number, number>();
  for (const { position, cover } of lines) {
    const place = Math.round(position / SAME_PLACE);
    places.set(place, Math.max(cover, places.get(place) ?? 0));
  }
  return [...places.values()].reduce((sum, cover) => sum + cover, 0);
}

/** The mean lean in the middle of the picture, long lines first. */
function refined(lines: readonly Line[], convergence: number): number {
  let sum = 0;
  let weights = 0;
  for (const { lean, position, cover } of lines) {
    const weight = cover ** 2;
    sum += weight * (lean - convergence * position);
    weights += weight;
  }
  return sum / weights;
}
