import type { PlainText } from '../../plain-text.ts';

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text in parts that each have room, cut between words where that is possible, else between
 * characters as people see them. Together they are the text.
 * @param sizeOf What a piece takes up as it is written: at most as much as its characters do one by one.
 */
export function partsOf(
  text: PlainText,
  max: number,
  sizeOf: (piece: PlainText) => number,
): readonly PlainText[] {
  const parts: PlainText[] = [];
  let part = '';
  let size = 0;
  const add = (piece: PlainText) => {
    const pieceSize = sizeOf(piece);
    if (part !== '' && size + pieceSize > max) {
      parts.push(part as PlainText);
      part = '';
      size = 0;
    }
    part += piece;
    size += pieceSize;
  };
  for (const [word] of text.matchAll(/\S*\s+|\S+/g)) {
    if (sizeOf(word as PlainText) <= max) add(word as PlainText);
    else for (const { segment } of SEGMENTER.segment(word)) add(segment as PlainText);
  }
  return part === '' ? parts : [...parts, part as PlainText];
}
