/** What a model said without what it only thought (`<think>…</think>`). */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>');
  if (end >= 0) return text.slice(end + '</think>'.length);
  return text.trimStart().startsWith('<think>') ? '' : text;
}

/** The first JSON object in a text, whatever stands around it; undefined without one. */
export function jsonIn(text: string): unknown {
  const said = withoutThoughts(text);
  for (let at = said.indexOf('{'); at >= 0; at = said.indexOf('{', at + 1)) {
    const end = endOfObject(said, at);
    if (end === undefined) continue;
    try {
      return JSON.parse(said.slice(at, end));
    } catch {
      // Not JSON after all, such as {this}: perhaps the next one is.
    }
  }
  return undefined;
}

/** Where the object ends that begins at `start`; undefined where it does not. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && (depth -= 1) === 0) return at + 1;
  }
  return undefined;
}

/** As much of a string field as an unfinished JSON text holds; '' before it begins. */
export function fieldSoFar(text: string, field: string): string {
  const [, raw = ''] =
    new RegExp(`"${field}"\\s*:\\s*"((?:[^"\\\\]|\\\\(?:u[0-9a-fA-F]{4}|[^u]))*)`).exec(
      withoutThoughts(text),
    ) ?? [];
  try {
    // Models break lines inside strings, which JSON does not allow.
    const words: unknown = JSON.parse(`"${raw.replaceAll('\n', '\\n').replaceAll('\r', '')}"`);
    // Half of a pair (an emoji) waits for the other half.
    return String(words).replace(/[\uD800-\uDBFF]$/, '');
  } catch {
    return '';
  }
}
