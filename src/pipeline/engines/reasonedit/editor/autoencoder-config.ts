import { z } from 'zod';

const Count = z.number().int().positive();
const blocks = (type: string) => z.array(z.literal(type)).min(1);

/** `vae/config.json` of FLUX.1's autoencoder: the parts that shape the graphs and the latents. */
export const AutoencoderConfig = z
  .object({
    _class_name: z.literal('AutoencoderKL'),
    act_fn: z.literal('silu').default('silu'),
    block_out_channels: z.array(Count).min(1),
    down_block_types: blocks('DownEncoderBlock2D'),
    up_block_types: blocks('UpDecoderBlock2D'),
    in_channels: z.literal(3).default(3),
    out_channels: z.literal(3).default(3),
    latent_channels: Count,
    layers_per_block: Count,
    mid_block_add_attention: z.literal(true).default(true),
    norm_num_groups: Count,
    scaling_factor: z.number().positive(),
    shift_factor: z.number(),
    use_post_quant_conv: z.literal(false),
    use_quant_conv: z.literal(false),
  })
  .refine(
    (config) =>
      config.down_block_types.length === config.block_out_channels.length &&
      config.up_block_types.length === config.block_out_channels.length,
    { path: ['block_out_channels'], error: 'it is to have one entry a block' },
  );

export type AutoencoderConfig = z.infer<typeof AutoencoderConfig>;

/** Pixels of the picture for one of the latents, along each axis. */
export const downscale = (config: AutoencoderConfig): number =>
  2 ** (config.block_out_channels.length - 1);
