import { z } from 'zod';

const Count = z.number().int().positive();

/** `transformer/config.json` of Step1X-Edit v1p2: the parts that shape the graphs. */
export const TransformerConfig = z.object({
  _class_name: z.literal('Step1XEditTransformer2DModel'),
  attention_head_dim: Count.default(128),
  axes_dims_rope: z.array(Count.multipleOf(2)).length(3).default([16, 56, 56]),
  connector_depth: Count.default(2),
  connector_heads_num: Count.default(32),
  connector_hidden_size: Count.default(4096),
  connector_in_channels: Count.default(3584),
  enable_text_token_mapping: z.boolean().default(false),
  guidance_embeds: z.literal(false).default(false),
  in_channels: Count.default(64),
  joint_attention_dim: Count.default(4096),
  num_attention_heads: Count.default(24),
  num_layers: Count.default(19),
  num_single_layers: Count.default(38),
  patch_size: z.literal(1).default(1),
  timestep_in_dim: Count.multipleOf(2).default(256),
  vector_in_dim: Count.default(768),
});

export type TransformerConfig = z.infer<typeof TransformerConfig>;

/** Width of the transformer's tokens. */
export const innerSize = (config: TransformerConfig): number =>
  config.num_attention_heads * config.attention_head_dim;
