/** How many values go into one statement; both databases take many more. */
const CHUNK = 500;

/** A list in pieces that fit into a statement each. */
export function chunks<T>(items: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < items.length; start += CHUNK) {
    pieces.push(items.slice(start, start + CHUNK));
  }
  return pieces;
}

/** A list by a key of its items, each group in the list's order. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
