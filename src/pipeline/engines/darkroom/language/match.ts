import type { Match, Wish } from '../operation.ts';

/** A match of one wish at one place of the clause; undefined when the pattern was not found. */
export function matchOf(found: RegExpExecArray | null, ...wishes: Wish[]): Match | undefined {
  if (!found) return undefined;
  return { used: [{ from: found.index, to: found.index + found[0].length }], wishes };
}
