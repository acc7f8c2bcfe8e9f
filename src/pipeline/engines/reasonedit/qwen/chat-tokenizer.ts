import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

import { unusable } from '../safetensors.ts';
import { readJson } from './config.ts';

/** A message of a chat as the template takes it. */
export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string | readonly ChatPart[];
}

export type ChatPart =
  { readonly type: 'image' } | { readonly type: 'text'; readonly text: string };

export interface TemplateOptions {
  /** Writes "Picture 1: " and so on before the pictures. */
  readonly numberPictures: boolean;
}

const TokenizerConfig = z.looseObject({ chat_template: z.string().optional() });
const ChatTemplate = z.object({ chat_template: z.string() });

/** Where published checkpoints have their tokenizer. */
const FOLDERS = ['processor', 'tokenizer'] as const;

/** Text to tokens and back, and a chat to text, by the files of a checkpoint. */
export class ChatTokenizer {
  readonly #tokenizer: Tokenizer;
  readonly #template: Template;

  private constructor(tokenizer: Tokenizer, template: Template) {
    this.#tokenizer = tokenizer;
    this.#template = template;
  }

  /**
   * @param checkpoint The folder that has `processor/` or `tokenizer/`.
   * @throws {AppError} `CHECKPOINT_UNUSABLE` with the file that is missing or wrong.
   */
  static async open(checkpoint: string): Promise<ChatTokenizer> {
    const folder = FOLDERS.map((name) => join(checkpoint, name)).find((path) =>
      existsSync(join(path, 'tokenizer.json')),
    );
    if (folder === undefined) {
      throw unusable(`${join(checkpoint, FOLDERS[0], 'tokenizer.json')} is missing`);
    }
    const config = TokenizerConfig.safeParse(await readJson(join(folder, 'tokenizer_config.json')));
    const model = await readJson(join(folder, 'tokenizer.json'));
    if (!config.success || typeof model !== 'object' || model === null) {
      throw unusable(`the tokenizer in ${folder} is damaged`, config.error);
    }
    const template = config.data.chat_template ?? (await readTemplate(folder));
    try {
      return new ChatTokenizer(new Tokenizer(model, config.data), new Template(template));
    } catch (error) {
      throw unusable(`the tokenizer in ${folder} is not supported`, error);
    }
  }

  encode(text: string): number[] {
    return this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  /** Without special tokens. An unfinished character at the end is "\uFFFD". */
  decode(tokens: readonly number[]): string {
    if (tokens.length === 0) return '';
    return this.#tokenizer.decode([...tokens], {
      skip_special_tokens: true,
      clean_up_tokenization_spaces: false,
    });
  }

  /** The chat as text, up to where the answer begins. */
  render(messages: readonly ChatMessage[], { numberPictures }: TemplateOptions): string {
    return this.#template.render({
      messages,
      add_generation_prompt: true,
      add_vision_id: numberPictures,
    });
  }
}

/** Versions of transformers keep the template in files of different names. */
async function readTemplate(folder: string): Promise<string> {
  const plain = join(folder, 'chat_template.jinja');
  if (existsSync(plain)) return readFile(plain, 'utf8');
  const path = join(folder, 'chat_template.json');
  const parsed = ChatTemplate.safeParse(await readJson(path));
  if (!parsed.success) throw unusable(`${path} has no chat template`, parsed.error);
  return parsed.data.chat_template;
}

/**
 * A person's words with what the tokenizer would take for its own marks broken up, so that nobody can end
 * their message and begin another in somebody else's name.
 */
export const withoutMarks = (words: string): string => words.replaceAll('<|', '< |');
