import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { readJson } from '../qwen/config.ts';
import { unusable } from '../safetensors.ts';
import { DEFAULT_PROMPTS } from './default-prompts.ts';

/** The words of one kind of call. Fields in braces are filled in, see `fillPrompt`. */
const CallPrompt = z.strictObject({ system: z.string(), user: z.string().min(1) });

/** All words that the engine says to its model. */
export const Prompts = z.strictObject({
  /** What the editor's condition begins with; of it, `tokens` tokens are dropped. */
  condition: z.strictObject({
    text: z.string().min(1),
    tokens: z.number().int().positive().optional(),
  }),
  think: CallPrompt,
  describe: CallPrompt,
  assess: CallPrompt,
  conclude: CallPrompt,
  scoreEdit: CallPrompt,
  scoreQuality: CallPrompt,
});

export type Prompts = z.infer<typeof Prompts>;
export type CallPrompt = z.infer<typeof CallPrompt>;

/** A checkpoint may bring the words that it was tuned with. */
export const PROMPTS_FILE = 'prompts.json';

/**
 * The prompts beside a checkpoint, or the project's own.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` when there are some that can't be read.
 */
export async function readPrompts(checkpoint: string): Promise<Prompts> {
  const path = join(checkpoint, PROMPTS_FILE);
  if (!existsSync(path)) return DEFAULT_PROMPTS;
  const parsed = Prompts.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(`${path} is wrong at "${issue?.path.join('.')}"`, parsed.error);
}
