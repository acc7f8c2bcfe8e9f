import type { AutoencoderConfig } from '../editor/autoencoder-config.ts';
import { innerSize, type TransformerConfig } from '../editor/transformer-config.ts';
import type { TextEncoderSizes } from './text-encoder-sizes.ts';

/** The weights that a component is to have by its configuration: from name to shape. */
export type Shapes = Map<string, readonly number[]>;

/** Notes the weights of PyTorch's layers. */
class ShapeList {
  readonly shapes: Shapes = new Map();

  /** Linear. */
  dense(name: string, outputs: number, inputs: number, bias = true): void {
    this.shapes.set(`${name}.weight`, [outputs, inputs]);
    if (bias) this.shapes.set(`${name}.bias`, [outputs]);
  }

  /** LayerNorm and GroupNorm; RMSNorm has no bias. */
  norm(name: string, size: number, bias = true): void {
    this.shapes.set(`${name}.weight`, [size]);
    if (bias) this.shapes.set(`${name}.bias`, [size]);
  }

  convolution(name: string, outputs: number, inputs: number, side = 3): void {
    this.shapes.set(`${name}.weight`, [outputs, inputs, side, side]);
    this.shapes.set(`${name}.bias`, [outputs]);
  }
}

/** The fork widens the MLPs of all blocks by this. */
const WIDENING = 4;

export function transformerShapes(config: TransformerConfig): Shapes {
  const list = new ShapeList();
  const inner = innerSize(config);
  const head = config.attention_head_dim;
  const wide = config.connector_hidden_size;
  const text = config.connector_in_channels;
  list.dense('time_embed.in_layer', inner, config.timestep_in_dim);
  list.dense('time_embed.out_layer', inner, inner);
  list.dense('vec_embed.in_layer', inner, config.vector_in_dim);
  list.dense('vec_embed.out_layer', inner, inner);
  list.dense('context_embedder', inner, config.joint_attention_dim);
  list.dense('x_embedder', inner, config.in_channels);
  list.dense('norm_out.linear', 2 * inner, inner);
  list.dense('proj_out', config.in_channels, inner);
  if (config.enable_text_token_mapping) {
    list.dense('text_token_mapping', config.joint_attention_dim, text);
  }

  list.dense('connector.S.input_embedder', wide, text);
  list.dense('connector.S.t_embedder.mlp.0', wide, config.timestep_in_dim);
  list.dense('connector.S.t_embedder.mlp.2', wide, wide);
  list.dense('connector.S.c_embedder.linear_1', wide, text);
  list.dense('connector.S.c_embedder.linear_2', wide, wide);
  list.dense('connector.global_proj_out', config.vector_in_dim, text);
  for (let index = 0; index < config.connector_depth; index++) {
    const name = `connector.S.individual_token_refiner.blocks.${index}`;
    list.norm(`${name}.norm1`, wide);
    list.norm(`${name}.norm2`, wide);
    list.dense(`${name}.self_attn_qkv`, 3 * wide, wide);
    list.dense(`${name}.self_attn_proj`, wide, wide);
    list.dense(`${name}.mlp.fc1`, WIDENING * wide, wide);
    list.dense(`${name}.mlp.fc2`, wide, WIDENING * wide);
    list.dense(`${name}.adaLN_modulation.1`, 2 * wide, wide);
  }

  const attention = (name: string, part: (projection: string) => string): void => {
    for (const projection of ['q', 'k', 'v']) {
      list.dense(`${name}.${part(projection)}`, inner, inner);
    }
  };
  for (let index = 0; index < config.num_layers; index++) {
    const name = `transformer_blocks.${index}`;
    list.dense(`${name}.norm1.linear`, 6 * inner, inner);
    list.dense(`${name}.norm1_context.linear`, 6 * inner, inner);
    attention(`${name}.attn`, (projection) => `to_${projection}`);
    attention(`${name}.attn`, (projection) => `add_${projection}_proj`);
    list.dense(`${name}.attn.to_out.0`, inner, inner);
    list.dense(`${name}.attn.to_add_out`, inner, inner);
    for (const norm of ['norm_q', 'norm_k', 'norm_added_q', 'norm_added_k']) {
      list.norm(`${name}.attn.${norm}`, head, false);
    }
    for (const part of ['ff', 'ff_context']) {
      list.dense(`${name}.${part}.net.0.proj`, WIDENING * inner, inner);
      list.dense(`${name}.${part}.net.2`, inner, WIDENING * inner);
    }
  }
  for (let index = 0; index < config.num_single_layers; index++) {
    const name = `single_transformer_blocks.${index}`;
    list.dense(`${name}.norm.linear`, 3 * inner, inner);
    list.dense(`${name}.proj_mlp`, WIDENING * inner, inner);
    list.dense(`${name}.proj_out`, inner, (WIDENING + 1) * inner);
    attention(`${name}.attn`, (projection) => `to_${projection}`);
    list.norm(`${name}.attn.norm_q`, head, false);
    list.norm(`${name}.attn.norm_k`, head, false);
  }
  return list.shapes;
}

export function autoencoderShapes(config: AutoencoderConfig): Shapes {
  const list = new ShapeList();
  const { block_out_channels: widths, latent_channels: latents, layers_per_block: layers } = config;
  const [first = 0] = widths;
  const last = widths.at(-1) ?? 0;

  const residual = (name: string, inputs: number, outputs: number): void => {
    list.norm(`${name}.norm1`, inputs);
    list.convolution(`${name}.conv1`, outputs, inputs);
    list.norm(`${name}.norm2`, outputs);
    list.convolution(`${name}.conv2`, outputs, outputs);
    if (inputs !== outputs) list.convolution(`${name}.conv_shortcut`, outputs, inputs, 1);
  };
  const middle = (name: string): void => {
    residual(`${name}.resnets.0`, last, last);
    residual(`${name}.resnets.1`, last, last);
    list.norm(`${name}.attentions.0.group_norm`, last);
    for (const part of ['to_q', 'to_k', 'to_v', 'to_out.0']) {
      list.dense(`${name}.attentions.0.${part}`, last, last);
    }
  };
  /** @returns The width after the last block. */
  const blocks = (
    half: 'encoder.down' | 'decoder.up',
    order: readonly number[],
    count: number,
  ): number => {
    let width = order[0] ?? 0;
    order.forEach((next, block) => {
      const name = `${half}_blocks.${block}`;
      for (let layer = 0; layer < count; layer++) {
        residual(`${name}.resnets.${layer}`, layer === 0 ? width : next, next);
      }
      width = next;
      const sampler = half === 'encoder.down' ? 'downsamplers' : 'upsamplers';
      if (block < order.length - 1) list.convolution(`${name}.${sampler}.0.conv`, next, next);
    });
    return width;
  };

  list.convolution('encoder.conv_in', first, config.in_channels);
  const encoded = blocks('encoder.down', widths, layers);
  middle('encoder.mid_block');
  list.norm('encoder.conv_norm_out', encoded);
  list.convolution('encoder.conv_out', 2 * latents, encoded);

  list.convolution('decoder.conv_in', last, latents);
  middle('decoder.mid_block');
  const decoded = blocks('decoder.up', widths.toReversed(), layers + 1);
  list.norm('decoder.conv_norm_out', decoded);
  list.convolution('decoder.conv_out', config.out_channels, decoded);
  return list.shapes;
}

/** @param prefixes What the names of both halves begin with; versions of transformers differ in them. */
export function textEncoderShapes(
  { vision, text, tiedEmbeddings }: TextEncoderSizes,
  prefixes: { readonly vision: string; readonly text: string },
): Shapes {
  const list = new ShapeList();
  const width = vision.hidden_size;
  const patch = [vision.in_channels, vision.temporal_patch_size, vision.patch_size];
  list.shapes.set(`${prefixes.vision}patch_embed.proj.weight`, [
    width,
    ...patch,
    vision.patch_size,
  ]);
  for (let index = 0; index < vision.depth; index++) {
    const name = `${prefixes.vision}blocks.${index}`;
    list.norm(`${name}.norm1`, width, false);
    list.norm(`${name}.norm2`, width, false);
    list.dense(`${name}.attn.qkv`, 3 * width, width);
    list.dense(`${name}.attn.proj`, width, width);
    list.dense(`${name}.mlp.gate_proj`, vision.intermediate_size, width);
    list.dense(`${name}.mlp.up_proj`, vision.intermediate_size, width);
    list.dense(`${name}.mlp.down_proj`, width, vision.intermediate_size);
  }
  const merged = width * vision.spatial_merge_size ** 2;
  list.norm(`${prefixes.vision}merger.ln_q`, width, false);
  list.dense(`${prefixes.vision}merger.mlp.0`, merged, merged);
  list.dense(`${prefixes.vision}merger.mlp.2`, vision.out_hidden_size, merged);

  const hidden = text.hidden_size;
  const keys = (hidden / text.num_attention_heads) * text.num_key_value_heads;
  list.shapes.set(`${prefixes.text}embed_tokens.weight`, [text.vocab_size, hidden]);
  if (!tiedEmbeddings) list.shapes.set('lm_head.weight', [text.vocab_size, hidden]);
  list.norm(`${prefixes.text}norm`, hidden, false);
  for (let index = 0; index < text.num_hidden_layers; index++) {
    const name = `${prefixes.text}layers.${index}`;
    list.norm(`${name}.input_layernorm`, hidden, false);
    list.norm(`${name}.post_attention_layernorm`, hidden, false);
    list.dense(`${name}.self_attn.q_proj`, hidden, hidden);
    list.dense(`${name}.self_attn.k_proj`, keys, hidden);
    list.dense(`${name}.self_attn.v_proj`, keys, hidden);
    list.dense(`${name}.self_attn.o_proj`, hidden, hidden, false);
    list.dense(`${name}.mlp.gate_proj`, text.intermediate_size, hidden, false);
    list.dense(`${name}.mlp.up_proj`, text.intermediate_size, hidden, false);
    list.dense(`${name}.mlp.down_proj`, hidden, text.intermediate_size, false);
  }
  return list.shapes;
}
