import type { EdgePoints } from './edge-points.ts';

/** Leans are told apart in steps of this up to the widest; degrees. */
const WIDEST = 24;
const STEP = 0.5;
const LEANS = (2 * WIDEST) / STEP + 1;
/** Grain turns single edge points about by as much; degrees. */
export const POINT_TOLERANCE = 5;

/** A line `across = offset + slope × (along - length / 2)`, in pixels. */
export interface Candidate {
  readonly slope: number;
  readonly offset: number;
  readonly votes: number;
}

/** Each edge point votes for all lines through it that lean about as it does (Hough's transform). */
export class LineVotes {
  readonly #points: EdgePoints;
  readonly #margin: number;
  readonly #offsets: number;
  readonly #counts: Uint16Array;

  constructor(points: EdgePoints) {
    this.#points = points;
    this.#margin = 2 + Math.ceil((Math.tan(radians(WIDEST)) * points.length) / 2);
    this.#offsets = points.breadth + 2 * this.#margin;
    this.#counts = new Uint16Array(LEANS * this.#offsets);
    for (let point = 0; point < points.along.length; point += 1) this.#cast(point, 1);
  }

  /** Takes back what a point voted for. */
  remove(point: number): void {
    this.#cast(point, -1);
  }

  /** The line with most votes within a pixel to each side. */
  best(): Candidate {
    const counts = this.#counts;
    let best = 0;
    let votes = 0;
    for (let cell = 1; cell + 1 < counts.length; cell += 1) {
      const sum =
        (counts[cell - 1] as number) + (counts[cell] as number) + (counts[cell + 1] as number);
      if (sum > votes) {
        votes = sum;
        best = cell;
      }
    }
    const lean = Math.floor(best / this.#offsets);
    return {
      slope: Math.tan(radians(lean * STEP - WIDEST)),
      offset: (best % this.#offsets) - this.#margin,
      votes,
    };
  }

  #cast(point: number, by: 1 | -1): void {
    const { along, across, lean, length } = this.#points;
    const own = lean[point] as number;
    const first = Math.max(0, Math.ceil((own - POINT_TOLERANCE + WIDEST) / STEP));
    const last = Math.min(LEANS - 1, Math.floor((own + POINT_TOLERANCE + WIDEST) / STEP));
    const from = (along[point] as number) - length / 2;
    for (let at = first; at <= last; at += 1) {
      const slope = Math.tan(radians(at * STEP - WIDEST));
      const offset = Math.round((across[point] as number) - slope * from) + this.#margin;
      const cell = at * this.#offsets + offset;
      this.#counts[cell] = (this.#counts[cell] as number) + by;
    }
  }
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
