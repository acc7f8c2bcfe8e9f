/** What a function of Python source assigns to its names, where that is text. */
export type Texts = ReadonlyMap<string, string>;

const LITERAL = /([fF]?)("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y;
const ASSIGNMENT = /^[ \t]*(\w+)[ \t]*=[ \t]*(?=\(?\s*[fF]?["'])/gm;
const REPLACEMENT = /^[ \t]*(\w+)[ \t]*=[ \t]*(\w+)\.replace\("([^"]*)",[ \t]*(\w+)\)/gm;
const BLANK = /\s*/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|\n|([\s\S]))/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * Reads the strings that Python code assigns: literals, several that stand together, f-strings of names, and `a.replace("b",
 * c)`. A name that no string is assigned to stands in braces, as `fieldOf` calls it.
 */
export function readTexts(code: string, fieldOf: (name: string) => string): Texts {
  const bare = code.replaceAll(/^[ \t]*#.*$/gm, '');
  const texts = new Map<string, string>();
  const valueOf = (name: string): string => texts.get(name) ?? `{${fieldOf(name)}}`;
  const found = [...bare.matchAll(ASSIGNMENT), ...bare.matchAll(REPLACEMENT)];
  for (const match of found.toSorted((a, b) => a.index - b.index)) {
    const [whole, name = '', from, what, by] = match;
    const text =
      from === undefined || what === undefined || by === undefined
        ? readLiterals(bare, match.index + whole.length, valueOf)
        : valueOf(from).replaceAll(what, valueOf(by));
    texts.set(name, text);
  }
  return texts;
}

function readLiterals(code: string, start: number, valueOf: (name: string) => string): string {
  let at = code[start] === '(' ? start + 1 : start;
  let text = '';
  for (;;) {
    BLANK.lastIndex = at;
    BLANK.exec(code);
    LITERAL.lastIndex = BLANK.lastIndex;
    const [, prefix, quoted = ''] = LITERAL.exec(code) ?? [];
    if (prefix === undefined) return text;
    at = LITERAL.lastIndex;
    const marks = quoted.startsWith('"""') || quoted.startsWith("'''") ? 3 : 1;
    const inside = unescape(quoted.slice(marks, -marks));
    text += prefix === '' ? inside : fill(inside, valueOf);
    // Without parentheses a line's end is the expression's.
    if (code[start] !== '(') return text;
  }
}

const unescape = (text: string): string =>
  text.replaceAll(ESCAPE, (_, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return letter === undefined ? '' : (ESCAPED[letter] ?? letter);
  });

const fill = (text: string, valueOf: (name: string) => string): string =>
  text.replaceAll(/\{\{|\}\}|\{(\w+)\}/g, (braces, name?: string) =>
    name === undefined ? (braces[0] ?? '') : valueOf(name),
  );
