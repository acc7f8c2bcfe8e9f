/**
 * Solves linear equations by elimination with pivots.
 * @param equations Row by row, each with its right side last; `count` rows.
 * @returns Undefined where they have no one solution.
 */
export function solve(equations: Float64Array, count: number): Float64Array | undefined {
  const width = count + 1;
  const all = Float64Array.from(equations);
  const get = (row: number, column: number) => all[row * width + column] ?? 0;
  for (let column = 0; column < count; column += 1) {
    let best = column;
    for (let row = column + 1; row < count; row += 1) {
      if (Math.abs(get(row, column)) > Math.abs(get(best, column))) best = row;
    }
    const pivot = all.slice(best * width, (best + 1) * width);
    all.copyWithin(best * width, column * width, (column + 1) * width);
    all.set(pivot, column * width);
    if (Math.abs(get(column, column)) < 1e-9) return undefined;
    for (let row = 0; row < count; row += 1) {
      if (row === column) continue;
      const factor = get(row, column) / get(column, column);
      for (let at = column; at < width; at += 1) {
        all[row * width + at] = get(row, at) - factor * get(column, at);
      }
    }
  }
  return Float64Array.from({ length: count }, (_, row) => get(row, count) / get(row, row));
}
