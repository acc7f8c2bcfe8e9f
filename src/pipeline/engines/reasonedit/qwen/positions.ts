import type { Grid } from './patches.ts';

/** Where the tokens of a prompt are, on three axes: time, row and column. */
export interface Positions {
  /** [3, tokens]. */
  readonly values: readonly [number[], number[], number[]];
  /** The position, on all axes, of the token that comes after them. */
  readonly next: number;
}

export interface PositionRules {
  readonly imageToken: number;
  readonly spatialMergeSize: number;
  /** Tokens of this id count as absent and stay at position 1. The released editor's pipeline does so with 0, the "!". */
  readonly absentToken?: number;
}

/**
 * Positions of Qwen2.5-VL: text goes on by one on all axes; the tokens of a picture share a time and have their row and
 * column; what follows starts past the picture's longer side.
 * @param grids Of the pictures, in the order of their tokens.
 */
export function positionsOf(
  tokens: readonly number[],
  grids: readonly Grid[],
  { imageToken, spatialMergeSize, absentToken }: PositionRules,
): Positions {
  const values: [number[], number[], number[]] = [[], [], []];
  let next = 0;
  let picture = 0;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index];
    const grid = token === imageToken ? grids[picture++] : undefined;
    if (grid === undefined) {
      const position = token === absentToken ? 1 : next++;
      for (const axis of values) axis.push(position);
      index++;
      continue;
    }
    const rows = grid.rows / spatialMergeSize;
    const columns = grid.columns / spatialMergeSize;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        values[0].push(next);
        values[1].push(next + row);
        values[2].push(next + column);
      }
    }
    next += Math.max(rows, columns);
    index += rows * columns;
  }
  return { values, next };
}
