/** Marks that the model puts before the parts of its answers. */
const TAG = /<#(?:Think|Instruction|Again|Question|Success|Reflection|Failed|Others)>/;
const TAGS = new RegExp(TAG, 'g');

/** A beginning of a mark at the end of a text that is still being written. */
const UNFINISHED = /<(?:#[A-Za-z]*)?$/;

/** The parts of an answer: what comes before the first mark, and after each one. */
export interface Parts {
  readonly before: string;
  readonly tagged: readonly { readonly tag: string; readonly text: string }[];
}

/** Takes an answer apart at its marks. A tag is its name, such as "Think". */
export function splitTags(answer: string): Parts {
  const texts = answer.split(TAG).map((text) => text.trim());
  const tags = answer.match(TAGS) ?? [];
  return {
    before: texts[0] ?? '',
    tagged: tags.map((tag, index) => ({ tag: tag.slice(2, -1), text: texts[index + 1] ?? '' })),
  };
}

/**
 * What people are shown of an answer while it comes: the thinking, or all of an answer without marks. It
 * only ever grows with the answer.
 */
export function visibleSoFar(answer: string): string {
  const settled = answer.replace(UNFINISHED, '');
  const [before = '', after] = settled.split(TAG, 2);
  const shown =
    before.trim() === '' && settled.trimStart().startsWith('<#Think>') ? (after ?? '') : before;
  return shown.trimStart();
}

/** Yields what becomes visible of an answer; returns the answer. */
export async function* showing(
  answer: AsyncGenerator<string, string>,
): AsyncGenerator<string, string> {
  let said = '';
  let shown = '';
  for (;;) {
    const next = await answer.next();
    if (next.done) return next.value;
    said += next.value;
    const visible = visibleSoFar(said);
    if (visible.length > shown.length) yield visible.slice(shown.length);
    shown = visible;
  }
}
