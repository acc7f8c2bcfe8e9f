/*
 * What a person reads where a text holds Discord's markup: the marks are gone, and what they do is told aside, so that a
 * test sees both. Covers what the platform does in messages; no nesting of block marks.
 */

/** A text as it is read. */
export interface Rendered {
  readonly text: string;
  /** What was made of parts of it, such as `bold`, `link` or `mention`. Each kind once. */
  readonly effects: ReadonlySet<string>;
}

/** Marks around words, the longer first. */
const MARKS = [
  ['***', 'bold italic'],
  ['**', 'bold'],
  ['__', 'underline'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['*', 'italic'],
  ['_', 'italic'],
] as const;
/** Before which a backslash is no character of its own: ASCII signs. */
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const LINE_MARKS = [
  [/^>>> /, 'quote'],
  [/^> /, 'quote'],
  [/^#{1,3} +(?=\S)/, 'heading'],
  [/^-# +(?=\S)/, 'small'],
  [/^ *[-*] +(?=\S)/, 'list'],
  [/^ *(?=\d+\. +\S)/, 'numbers'],
] as const;

export function render(source: string): Rendered {
  const effects = new Set<string>();
  const text = blocks(source, effects);
  return { text, effects };
}

/** Code in blocks first: nothing has a meaning in it. */
function blocks(source: string, effects: Set<string>): string {
  let rest = source;
  let text = '';
  for (;;) {
    const start = unescapedIndex(rest, '```');
    const end = start < 0 ? -1 : rest.indexOf('```', start + 3);
    if (end <= start + 3) return text + lines(rest, effects);
    effects.add('code');
    text += lines(rest.slice(0, start), effects);
    text += rest.slice(start + 3, end).replace(/^[\w+-]*\n/, '');
    rest = rest.slice(end + 3);
  }
}

function lines(source: string, effects: Set<string>): string {
  const shown = source.split('\n').map((line) => {
    for (const [pattern, effect] of LINE_MARKS) {
      if (!pattern.test(line)) continue;
      effects.add(effect);
      const mark = effect === 'list' ? '• ' : '';
      return mark + line.replace(pattern, '');
    }
    return line;
  });
  return inline(shown.join('\n'), effects);
}

function inline(source: string, effects: Set<string>): string {
  let text = '';
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const sign = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (sign === '\\' && ESCAPABLE.test(next)) {
      text += next;
      at += 2;
      continue;
    }
    const special =
      codeIn(rest) ?? referenceIn(rest) ?? linkIn(rest) ?? marked(rest, source[at - 1]);
    if (special) {
      effects.add(special.effect);
      text += special.isRaw ? special.inner : inline(special.inner, effects);
      at += special.length;
      continue;
    }
    text += sign;
    at += 1;
  }
  return text;
}

interface Special {
  readonly effect: string;
  readonly inner: string;
  readonly length: number;
  /** Marks in it mean nothing. */
  readonly isRaw: boolean;
}

function codeIn(rest: string): Special | undefined {
  const found = /^(`+)([^`][^]*?)\1(?!`)/.exec(rest);
  if (!found) return undefined;
  return { effect: 'code', inner: found[2] ?? '', length: found[0].length, isRaw: true };
}

/** People, channels, commands, times, emoji. */
function referenceIn(rest: string): Special | undefined {
  const mention = /^<(?:@[!&]?\d+|#\d+|\/[^:>]+:\d+|t:-?\d+(?::[tTdDfFR])?)>/.exec(rest);
  const everyone = /^@(?:everyone|here)\b/.exec(rest);
  const emoji = /^<a?:\w+:\d+>/.exec(rest);
  const found = mention ?? everyone ?? emoji;
  if (!found) return undefined;
  const effect = emoji ? 'emoji' : 'mention';
  return { effect, inner: found[0], length: found[0].length, isRaw: true };
}

function linkIn(rest: string): Special | undefined {
  const named = /^\[((?:\\.|[^\]\\])+)\]\(<?(https?:[^\s)>]+)>?(?: "[^"]*")?\)/.exec(rest);
  if (named) {
    return { effect: 'link', inner: named[1] ?? '', length: named[0].length, isRaw: false };
  }
  const bare = /^<?(https?:\/\/[^\s<>]+)>?/.exec(rest);
  if (!bare) return undefined;
  return { effect: 'link', inner: bare[1] ?? '', length: bare[0].length, isRaw: true };
}

function marked(rest: string, before: string | undefined): Special | undefined {
  for (const [mark, effect] of MARKS) {
    if (!rest.startsWith(mark)) continue;
    // One underscore inside of a word means nothing.
    if (mark === '_' && before !== undefined && /\w/.test(before)) continue;
    const end = unescapedIndex(rest.slice(mark.length), mark);
    const inner = rest.slice(mark.length, mark.length + end);
    if (end <= 0 || (mark.length === 1 && /^\s|\s$/.test(inner))) continue;
    if (mark === '_' && /\w/.test(rest[mark.length + end + 1] ?? '')) continue;
    return { effect, inner, length: 2 * mark.length + end, isRaw: false };
  }
  return undefined;
}

/** Where a text first has a mark that no backslash takes the meaning of. */
function unescapedIndex(text: string, mark: string): number {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(mark, at)) return at;
  }
  return -1;
}
