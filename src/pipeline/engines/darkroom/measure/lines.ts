import type { EdgePoints } from './edge-points.ts';
import { LineVotes, POINT_TOLERANCE, type Candidate } from './line-votes.ts';

/** A straight line through a picture, near one of its axes. */
export interface Line {
  /** Degrees by which it leaves the axis, towards larger `across`. */
  readonly lean: number;
  /** Where its middle lies across the axis, -0.5 to 0.5 from the middle of the picture. */
  readonly position: number;
  /** Share of the picture's length along which it is seen, 0 to 1. */
  readonly cover: number;
}

/** How far from a line its points may lie, pixels: at first, and once it has been fitted. */
const NEAR = 2.5;
const NEARER = 1.3;
/** Points that follow one another with gaps up to this make a run, pixels. */
const GAP = 4;
/** Shorter runs are chance: share of the length. */
const SHORTEST_RUN = 0.025;
/** Lines that are seen less than this tell nothing: share of the length. */
const LEAST_COVER = 0.08;
const MOST_LINES = 40;

/** The longest straight lines, found one after the other. */
export function linesIn(points: EdgePoints): Line[] {
  const free = new Uint8Array(points.along.length).fill(1);
  const votes = new LineVotes(points);
  const lines: Line[] = [];
  for (let tries = 0; tries < MOST_LINES; tries += 1) {
    const candidate = votes.best();
    if (candidate.votes < LEAST_COVER * points.length) break;
    const { line, members } = fitted(points, free, candidate);
    if (members.length === 0) break;
    // What was looked at once is not looked at again, whether it was a line or not.
    for (const point of members) {
      free[point] = 0;
      votes.remove(point);
    }
    if (line.cover >= LEAST_COVER) lines.push(line);
  }
  return lines;
}

function fitted(
  points: EdgePoints,
  free: Uint8Array,
  candidate: Candidate,
): { line: Line; members: readonly number[] } {
  const near = membersOf(points, free, candidate, NEAR);
  let line: Straight = candidate;
  for (let pass = 0; pass < 3; pass += 1) {
    line = leastSquares(points, membersOf(points, free, line, pass === 0 ? NEAR : NEARER)) ?? line;
  }
  const members = membersOf(points, free, line, NEARER);
  const { middle, cover } = seen(points, members);
  const across = line.offset + line.slope * (middle - points.length / 2);
  return {
    line: {
      lean: (Math.atan(line.slope) * 180) / Math.PI,
      position: across / points.breadth - 0.5,
      cover,
    },
    members: [...new Set([...near, ...members])],
  };
}

type Straight = Pick<Candidate, 'slope' | 'offset'>;

/** Free points near a line that lean as it does. */
function membersOf(
  { along, across, lean, length }: EdgePoints,
  free: Uint8Array,
  { slope, offset }: Straight,
  distance: number,
): number[] {
  const degrees = (Math.atan(slope) * 180) / Math.PI;
  const members: number[] = [];
  for (let point = 0; point < along.length; point += 1) {
    if (free[point] === 0) continue;
    const expected = offset + slope * ((along[point] as number) - length / 2);
    if (Math.abs((across[point] as number) - expected) > distance) continue;
    if (Math.abs((lean[point] as number) - degrees) > POINT_TOLERANCE + 1) continue;
    members.push(point);
  }
  return members;
}

/** Undefined for fewer than two places along the axis. */
function leastSquares(
  { along, across, length }: EdgePoints,
  members: readonly number[],
): Straight | undefined {
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (const point of members) {
    const x = (along[point] as number) - length / 2;
    const y = across[point] as number;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const count = members.length;
  const spread = count * sumXX - sumX * sumX;
  if (spread < 1e-6) return undefined;
  const slope = (count * sumXY - sumX * sumY) / spread;
  return { slope, offset: (sumY - slope * sumX) / count };
}

/** Where along the axis a line is seen: the middle of its runs, pixels, and their share of the length. */
function seen(
  { along, length }: EdgePoints,
  members: readonly number[],
): { middle: number; cover: number } {
  const places = [...new Set(members.map((point) => along[point] as number))];
  places.sort((one, other) => one - other);
  let covered = 0;
  let moment = 0;
  let start = 0;
  for (let index = 0; index < places.length; index += 1) {
    const here = places[index] as number;
    const next = places[index + 1] ?? Infinity;
    if (next - here <= GAP) continue;
    const first = places[start] as number;
    const run = here - first + 1;
    if (run >= SHORTEST_RUN * length) {
      covered += run;
      moment += (run * (first + here)) / 2;
    }
    start = index + 1;
  }
  return { middle: covered > 0 ? moment / covered : length / 2, cover: covered / length };
}
