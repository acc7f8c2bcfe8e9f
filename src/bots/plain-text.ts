declare const plainText: unique symbol;

/**
 * Text that means nothing but itself: no markup of any platform, no control characters but line
 * feeds. An adapter escapes it for its platform; what it is escaped to has another type.
 */
export type PlainText = string & { readonly [plainText]: true };

/** C0 but for line feed, DEL, C1, and what overrides or isolates the direction of writing. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Any text as plain text: what can't be seen is removed, line ends become line feeds. */
export function plain(text: string): PlainText {
  return text
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(HIDDEN, '') as PlainText;
}

/** The same on one line. */
export function plainLine(text: string): PlainText {
  return plain(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim() as PlainText;
}

const ELLIPSIS = '…';

/**
 * At most `maxCharacters` UTF-16 units of a text, cut between two characters as people see them, at
 * the end of a word where one is near, and with an ellipsis where something was cut.
 * @param keep Which end stays: of what is still being written the last words matter.
 */
export function clip(
  text: PlainText,
  maxCharacters: number,
  keep: 'start' | 'end' = 'start',
): PlainText {
  if (text.length <= maxCharacters) return text;
  if (maxCharacters < ELLIPSIS.length) return plain('');
  const room = maxCharacters - ELLIPSIS.length;
  return plain(keep === 'start' ? startOf(text, room) + ELLIPSIS : ELLIPSIS + endOf(text, room));
}

const NEARBY = 24;

function startOf(text: string, room: number): string {
  const start = text.slice(0, boundaryBefore(text, room));
  const space = start.search(/\s\S*$/);
  return space > 0 && space >= start.length - NEARBY ? start.slice(0, space) : start;
}

function endOf(text: string, room: number): string {
  const end = text.slice(boundaryAfter(text, text.length - room));
  const space = end.search(/\s/);
  return space >= 0 && space <= NEARBY && space + 1 < end.length ? end.slice(space + 1) : end;
}

/** Far more than any character that people write is long. */
const LONGEST = 64;
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The last boundary between two characters that is no later than an index. */
function boundaryBefore(text: string, index: number): number {
  const from = Math.max(0, index - LONGEST);
  let boundary = from;
  for (const { index: at } of SEGMENTER.segment(text.slice(from, index + LONGEST))) {
    if (from + at > index) break;
    boundary = from + at;
  }
  return boundary;
}

/** The first boundary between two characters that is no earlier than an index. */
function boundaryAfter(text: string, index: number): number {
  const from = Math.max(0, index - LONGEST);
  for (const { index: at } of SEGMENTER.segment(text.slice(from, index + LONGEST))) {
    if (from + at >= index) return from + at;
  }
  return text.length;
}
