/** Words of a list as alternatives, each once: repeating them must not have two ways to match a text. */
export function anyOf(...lists: readonly string[]): string {
  return [...new Set(lists.flatMap((list) => list.trim().split(/[\s|]+/)))].join('|');
}
