/** A stretch of text that is tokenized by itself. */
export interface Stretch {
  readonly text: string;
  /** A single character that is to be written in the picture. */
  readonly quoted: boolean;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”' };

/**
 * Takes text apart at its quotes, “…” and "…": what is inside goes character by character, so that the editor can spell it.
 * A quote that nothing closes is text like any other.
 */
export function splitQuotes(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let plain = '';
  let rest = Array.from(text);
  while (rest.length > 0) {
    const opening = rest.findIndex((character) => Object.hasOwn(CLOSING, character));
    const inside = rest.slice(opening + 1);
    const end = opening < 0 ? -1 : inside.indexOf(CLOSING[rest[opening] ?? ''] ?? '');
    if (end < 0) {
      plain += rest.join('');
      break;
    }
    stretches.push({ text: plain + rest.slice(0, opening + 1).join(''), quoted: false });
    for (const character of inside.slice(0, end)) stretches.push({ text: character, quoted: true });
    plain = inside[end] ?? '';
    rest = inside.slice(end + 1);
  }
  if (plain !== '') stretches.push({ text: plain, quoted: false });
  return stretches;
}
