import type { PlainText } from '../plain-text.ts';
import { wordsFor } from './spelling.ts';

/** A message in one form, and where each word of it was written. */
export interface Sentence {
  /**
   * Lower-case words, one space apart. Of the marks, `?` stays, and `,` stands for all others that part
   * what is said, each as a word of its own; emoji and quotes are gone.
   */
  readonly line: string;
  readonly text: PlainText;
  /** By their order: where a word begins in `line`, and where in `text`. */
  readonly places: readonly { readonly inLine: number; readonly inText: number }[];
}

const NUMBER = String.raw`#?[\d０-９]+(?:[.:x×]\d+)*(?:st|nd|rd|th|%)?`;
const WORD = String.raw`\p{L}[\p{L}\p{M}'’‘´${'`'}]*`;
const MENTION = String.raw`@[\p{L}\p{N}_.]*[\p{L}\p{N}_]`;
const MARK = String.raw`[,.;:!…()\n—–?，、。；：！？（）「」]| -+ `;
const TOKEN = new RegExp(`${MENTION}|${NUMBER}|${WORD}|${MARK}|&`, 'giu');
const IS_MARK = new RegExp(`^(?:${MARK})$`, 'u');

export function sentenceOf(text: PlainText): Sentence {
  const places: { inLine: number; inText: number }[] = [];
  let line = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const word = normalized(token);
    if (word === ',' && (line === '' || /[,?]$/.test(line))) continue;
    if (line !== '') line += ' ';
    places.push({ inLine: line.length, inText: index });
    line += word;
  }
  return { line: line.replace(/ ,$/, ''), text, places };
}

/** What was written at an index of the line and after it. */
export function writtenFrom({ text, places }: Sentence, index: number): PlainText {
  const place = places.find(({ inLine }) => inLine >= index);
  return text.slice(place?.inText ?? text.length).trim() as PlainText;
}

/** What was written before an index of the line. */
export function writtenUntil({ text, places }: Sentence, index: number): PlainText {
  const place = places.find(({ inLine }) => inLine >= index);
  const written = text.slice(0, place?.inText ?? text.length);
  return written.replace(/[\s,;:.–—-]+$/u, '').trimStart() as PlainText;
}

/** The parts of a line that stand by themselves. */
export function clausesOf(line: string): string[] {
  return line
    .split(/(?:^| )(?:[,?]|but)(?= |$)/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function normalized(token: string): string {
  if (token === '&') return 'and';
  if (IS_MARK.test(token)) return token === '?' ? '?' : ',';
  return wordsFor(
    token
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[’‘´`]/g, "'"),
  );
}
