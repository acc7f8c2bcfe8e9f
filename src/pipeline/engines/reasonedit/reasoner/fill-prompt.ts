import type { EncodedImage } from '../../../../image/types.ts';
import { withoutMarks } from '../qwen/chat-tokenizer.ts';
import type { Chat } from '../qwen/qwen.ts';
import type { CallPrompt } from './prompts.ts';

/** What can stand in braces in a prompt. */
export interface Fields {
  /** The picture before the edit. */
  readonly source: EncodedImage;
  readonly edited: EncodedImage;
  /** The user's own words. */
  readonly request: string;
  readonly instruction: string;
  /** What the result is to show. */
  readonly description: string;
  /** What an assessment of the result said, and why. */
  readonly score: string;
  readonly reason: string;
  /** What was done before in the same conversation. */
  readonly history: string;
  /** The name of the language, in Chinese, as the released loop says it: 中文 or 英文. */
  readonly language: string;
}

const FIELD = /\{(source|edited|request|instruction|description|score|reason|history|language)\}/;

/** Puts values where a prompt names them, and pictures where it names those. What a value holds is not looked through again. */
export function fillPrompt({ system, user }: CallPrompt, fields: Partial<Fields>): Chat {
  const fill = (text: string): (string | EncodedImage)[] =>
    text.split(FIELD).map((part, index) => {
      if (index % 2 === 0) return part;
      const value = fields[part as keyof Fields] ?? '';
      return typeof value === 'string' ? withoutMarks(value) : value;
    });
  return {
    system: fill(system)
      .filter((part) => typeof part === 'string')
      .join(''),
    user: joined(fill(user)),
  };
}

/** Texts that stand together as one. */
function joined<Part>(parts: readonly (string | Part)[]): (string | Part)[] {
  const result: (string | Part)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string')
      result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

/** More than one Chinese character counts as Chinese. */
export const languageOf = (words: string): string =>
  (words.match(/[\u4e00-\u9fff]/g)?.length ?? 0) > 1 ? '中文' : '英文';
