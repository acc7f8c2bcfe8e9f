import type { Json } from '../../support/fake-slack/types.ts';

/** The words of a message of ours, with its markup undone and what was parted put together again. */
export function wordsIn(blocks: readonly Json[]): string {
  const texts = new Map<string, string>();
  for (const block of blocks) {
    const name = String(block['block_id']).replace(/\.\d+$/, '');
    const before = texts.get(name) ?? '';
    texts.set(name, before + objectsIn(block).map(textOf).join('\n'));
  }
  return [...texts.values()].join('\n');
}

interface TextObject {
  readonly type: string;
  readonly text: string;
}

function objectsIn(block: Json): TextObject[] {
  if (block['type'] === 'actions' || block['type'] === 'image') return [];
  const found = block['text'] ?? block['elements'] ?? [];
  return (Array.isArray(found) ? found : [found]) as TextObject[];
}

function textOf({ type, text }: TextObject): string {
  if (type === 'plain_text') return unescaped(text);
  const unquoted = text.replace(/^> /gm, '').replaceAll(/^\*(.*)\*$/g, '$1');
  return unescaped(unquoted.replaceAll('\u200b', ''));
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
