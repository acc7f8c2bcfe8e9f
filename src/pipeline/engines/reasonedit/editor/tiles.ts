/** A stretch of an axis that one tile takes; neighbours overlap. */
export interface Stretch {
  readonly start: number;
  readonly size: number;
  /** How much of it the tile before has as well, and the tile after; together no more than its size. */
  readonly before: number;
  readonly after: number;
}

/** A part of a picture or of its latents. */
export interface Tile {
  readonly rows: Stretch;
  readonly columns: Stretch;
}

/** Planes of numbers, [channels, rows, columns]. */
export interface Grid {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** Latents on the longer side of a tile where memory is short: 640 pixels. */
export const TILE_LATENTS = 80;

/** The share of a tile that its neighbour has as well. */
const OVERLAP = 1 / 4;

/**
 * Tiles that cover a grid, row by row, all of one size along an axis.
 * @param longest Side of a tile at most, 4 or more; a grid that is no larger is one tile.
 */
export function layTiles({ rows, columns }: Omit<Grid, 'channels'>, longest: number): Tile[] {
  const across = layStretches(columns, longest);
  return layStretches(rows, longest).flatMap((down) =>
    across.map((along) => ({ rows: down, columns: along })),
  );
}

function layStretches(length: number, longest: number): Stretch[] {
  if (length <= longest) return [{ start: 0, size: length, before: 0, after: 0 }];
  const overlap = Math.floor(longest * OVERLAP);
  const count = Math.ceil((length - overlap) / (longest - overlap));
  const size = Math.ceil((length + (count - 1) * overlap) / count);
  const starts = Array.from({ length: count }, (_, index) =>
    Math.floor((index * (length - size)) / (count - 1)),
  );
  const shared = (index: number): number => {
    const [one, next] = [starts[index], starts[index + 1]];
    return one === undefined || next === undefined ? 0 : one + size - next;
  };
  return starts.map((start, index) => ({
    start,
    size,
    before: shared(index - 1),
    after: shared(index),
  }));
}

/** The same tile where each place is a square of `factor` by `factor`. */
export function enlarge({ rows, columns }: Tile, factor: number): Tile {
  const larger = ({ start, size, before, after }: Stretch): Stretch => ({
    start: start * factor,
    size: size * factor,
    before: before * factor,
    after: after * factor,
  });
  return { rows: larger(rows), columns: larger(columns) };
}

/** A tile's share of each place of a stretch: it rises and falls evenly where tiles overlap, and all shares sum to 1. */
function shares({ size, before, after }: Stretch): Float32Array {
  return Float32Array.from({ length: size }, (_, index) => {
    const rising = index < before ? (index + 0.5) / before : 1;
    const left = size - index;
    const falling = left <= after ? (left - 0.5) / after : 1;
    return rising * falling;
  });
}

/** The numbers of a tile, [channels, tile's rows, tile's columns]. */
export function cutTile(values: Float32Array, grid: Grid, { rows, columns }: Tile): Float32Array {
  const tile = new Float32Array(grid.channels * rows.size * columns.size);
  let at = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let row = rows.start; row < rows.start + rows.size; row++) {
      const from = (channel * grid.rows + row) * grid.columns + columns.start;
      tile.set(values.subarray(from, from + columns.size), at);
      at += columns.size;
    }
  }
  return tile;
}

/** Adds a tile's share to a grid, in place. @param values [channels, tile's rows, tile's columns]. */
export function addTile(
  sum: Float32Array,
  grid: Grid,
  { rows, columns }: Tile,
  values: Float32Array,
): void {
  const [down, across] = [shares(rows), shares(columns)];
  let at = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let row = 0; row < rows.size; row++) {
      const share = down[row] as number;
      let to = (channel * grid.rows + rows.start + row) * grid.columns + columns.start;
      for (let column = 0; column < columns.size; column++, to++) {
        const added = share * (across[column] as number) * (values[at++] as number);
        sum[to] = (sum[to] as number) + added;
      }
    }
  }
}
