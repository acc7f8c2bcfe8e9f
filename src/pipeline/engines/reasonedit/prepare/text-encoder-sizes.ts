import { z } from 'zod';

const Size = z.number().int().positive();

const Vision = z.object({
  depth: Size,
  hidden_size: Size,
  in_channels: Size.default(3),
  intermediate_size: Size,
  out_hidden_size: Size,
  patch_size: Size,
  spatial_merge_size: Size,
  temporal_patch_size: Size,
});

const Text = z.object({
  hidden_size: Size,
  intermediate_size: Size,
  num_attention_heads: Size,
  num_hidden_layers: Size,
  num_key_value_heads: Size,
  vocab_size: Size,
});

const Together = z.object({
  text_config: Text,
  tie_word_embeddings: z.boolean().default(false),
  vision_config: Vision,
});

/** `text_encoder/config.json` of a Qwen2.5-VL: the parts that shape its weights. */
export const TextEncoderSizes = z
  .preprocess(
    // What older versions of transformers wrote has the sizes of the text model at the top.
    (json) =>
      typeof json === 'object' && json !== null && !('text_config' in json)
        ? { ...json, text_config: json }
        : json,
    Together,
  )
  .transform(
    ({ text_config: text, tie_word_embeddings: tiedEmbeddings, vision_config: vision }) => ({
      text,
      tiedEmbeddings,
      vision,
    }),
  );

export type TextEncoderSizes = z.infer<typeof TextEncoderSizes>;
