import { cp, mkdir, mkdtemp, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AutoencoderConfig } from '../../src/pipeline/engines/reasonedit/editor/autoencoder-config.ts';
import { TransformerConfig } from '../../src/pipeline/engines/reasonedit/editor/transformer-config.ts';
import {
  autoencoderShapes,
  textEncoderShapes,
  transformerShapes,
  type Shapes,
} from '../../src/pipeline/engines/reasonedit/prepare/shapes.ts';
import { TextEncoderSizes } from '../../src/pipeline/engines/reasonedit/prepare/text-encoder-sizes.ts';
import { FIXTURES } from './reasonedit.ts';
import { QWEN } from './qwen-reference.ts';

const SHARD_BYTES = 5e9;

/** FLUX.1's autoencoder. */
const VAE = {
  _class_name: 'AutoencoderKL',
  block_out_channels: [128, 256, 512, 512],
  down_block_types: Array.from({ length: 4 }, () => 'DownEncoderBlock2D'),
  latent_channels: 16,
  layers_per_block: 2,
  norm_num_groups: 32,
  scaling_factor: 0.3611,
  shift_factor: 0.1159,
  up_block_types: Array.from({ length: 4 }, () => 'UpDecoderBlock2D'),
  use_post_quant_conv: false,
  use_quant_conv: false,
};

/** Qwen2.5-VL-7B-Instruct. */
const TEXT_ENCODER = {
  hidden_size: 3_584,
  image_token_id: 151_655,
  intermediate_size: 18_944,
  num_attention_heads: 28,
  num_hidden_layers: 28,
  num_key_value_heads: 4,
  rms_norm_eps: 1e-6,
  rope_scaling: { mrope_section: [16, 24, 24] },
  rope_theta: 1_000_000,
  tie_word_embeddings: false,
  vision_config: {
    depth: 32,
    fullatt_block_indexes: [7, 15, 23, 31],
    hidden_size: 1_280,
    in_channels: 3,
    intermediate_size: 3_420,
    num_heads: 16,
    out_hidden_size: 3_584,
    patch_size: 14,
    spatial_merge_size: 2,
    temporal_patch_size: 2,
    window_size: 112,
  },
  vocab_size: 152_064,
};

/**
 * A checkpoint with the published sizes whose weights are holes in files: names, shapes and 40 GB of zeros that take no
 * place on the disk.
 */
export async function makeSparseCheckpoint(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparse-'));
  const transformer = { _class_name: 'Step1XEditTransformer2DModel' };
  for (const name of ['transformer', 'vae', 'text_encoder']) await mkdir(join(folder, name));
  await cp(join(FIXTURES, 'checkpoint/scheduler'), join(folder, 'scheduler'), { recursive: true });
  await cp(join(FIXTURES, 'checkpoint/model_index.json'), join(folder, 'model_index.json'));
  await cp(join(QWEN, 'processor'), join(folder, 'processor'), { recursive: true });
  await cp(
    join(QWEN, 'text_encoder/generation_config.json'),
    join(folder, 'text_encoder/generation_config.json'),
  );
  const configs = { transformer, vae: VAE, text_encoder: TEXT_ENCODER };
  for (const [name, config] of Object.entries(configs)) {
    await writeFile(join(folder, name, 'config.json'), JSON.stringify(config));
  }
  const stem = 'diffusion_pytorch_model';
  const ofTransformer = transformerShapes(TransformerConfig.parse(transformer));
  await writeShards(join(folder, 'transformer'), stem, ofTransformer);
  await writeShards(join(folder, 'vae'), stem, autoencoderShapes(AutoencoderConfig.parse(VAE)));
  const prefixes = { vision: 'visual.', text: 'model.' };
  const ofText = textEncoderShapes(TextEncoderSizes.parse(TEXT_ENCODER), prefixes);
  await writeShards(join(folder, 'text_encoder'), 'model', ofText);
  return folder;
}

async function writeShards(folder: string, stem: string, shapes: Shapes): Promise<void> {
  const shards: { name: string; shape: readonly number[]; bytes: number }[][] = [[]];
  let filled = 0;
  for (const [name, shape] of shapes) {
    const bytes = shape.reduce((count, size) => count * size, 2);
    if (filled + bytes > SHARD_BYTES) {
      shards.push([]);
      filled = 0;
    }
    shards.at(-1)?.push({ name, shape, bytes });
    filled += bytes;
  }
  const map: Record<string, string> = {};
  for (const [index, shard] of shards.entries()) {
    const number = (count: number): string => String(count).padStart(5, '0');
    const file = `${stem}-${number(index + 1)}-of-${number(shards.length)}.safetensors`;
    const header: Record<string, unknown> = {};
    let offset = 0;
    for (const { name, shape, bytes } of shard) {
      header[name] = { dtype: 'BF16', shape, data_offsets: [offset, offset + bytes] };
      offset += bytes;
      map[name] = file;
    }
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    const handle = await open(join(folder, file), 'w');
    await handle.write(Buffer.concat([length, json]));
    await handle.truncate(8 + json.length + offset);
    await handle.close();
  }
  await writeFile(
    join(folder, `${stem}.safetensors.index.json`),
    JSON.stringify({ weight_map: map }),
  );
}
