/** Whole sentences one after the other; those that are missing or empty are left out. */
export function joined(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined && sentence.trim() !== '').join(' ');
}
