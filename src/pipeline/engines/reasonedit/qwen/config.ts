import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { unusable } from '../safetensors.ts';

const Size = z.number().int().positive();

const Vision = z.object({
  depth: Size,
  hidden_size: Size,
  num_heads: Size,
  in_channels: Size.default(3),
  patch_size: Size,
  temporal_patch_size: Size,
  spatial_merge_size: Size,
  /** Pixels on a side of the windows that most blocks attend in. */
  window_size: Size,
  /** The blocks that attend to the whole picture. */
  fullatt_block_indexes: z.array(z.number().int().nonnegative()),
  out_hidden_size: Size,
});

const Text = z.object({
  hidden_size: Size,
  num_hidden_layers: Size,
  num_attention_heads: Size,
  num_key_value_heads: Size,
  vocab_size: Size,
  rms_norm_eps: z.number().positive(),
  rope_theta: z.number().positive(),
  rope_scaling: z.object({ mrope_section: z.tuple([Size, Size, Size]) }),
});

const Config = z.object({
  vision_config: Vision,
  text_config: Text.optional(),
  image_token_id: z.number().int(),
  tie_word_embeddings: z.boolean().default(false),
});

const GenerationConfig = z.object({
  eos_token_id: z.union([z.number().int(), z.array(z.number().int())]),
  repetition_penalty: z.number().positive().default(1),
  top_k: Size.default(50),
});

export type VisionConfig = z.infer<typeof Vision>;
export type TextConfig = z.infer<typeof Text>;

/** The sizes of a Qwen2.5-VL, and how its makers generate with it. */
export interface QwenConfig {
  readonly vision: VisionConfig;
  readonly text: TextConfig;
  readonly imageToken: number;
  readonly tiedEmbeddings: boolean;
  readonly generation: {
    readonly stopTokens: readonly number[];
    /** How much less likely a token is that was there before; 1: no less. */
    readonly repetitionPenalty: number;
    /** Tokens that are chosen from. */
    readonly topK: number;
  };
}

/**
 * Reads `config.json` and `generation_config.json` of a text encoder's folder.
 * @throws {AppError} `CHECKPOINT_UNUSABLE`.
 */
export async function readQwenConfig(folder: string): Promise<QwenConfig> {
  const raw = await readJson(join(folder, 'config.json'));
  const config = parse(Config, raw, join(folder, 'config.json'));
  // What older versions of transformers wrote has the sizes of the text model at the top.
  const text = config.text_config ?? parse(Text, raw, join(folder, 'config.json'));
  const path = join(folder, 'generation_config.json');
  const generation = parse(GenerationConfig, await readJson(path), path);
  const { eos_token_id: stop } = generation;
  return {
    vision: config.vision_config,
    text,
    imageToken: config.image_token_id,
    tiedEmbeddings: config.tie_word_embeddings,
    generation: {
      stopTokens: Array.isArray(stop) ? stop : [stop],
      repetitionPenalty: generation.repetition_penalty,
      topK: Math.min(generation.top_k, text.vocab_size),
    },
  };
}

export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw unusable(`${path} can't be read as JSON`, error);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(`${path} is wrong at "${issue?.path.join('.')}"`, parsed.error);
}
