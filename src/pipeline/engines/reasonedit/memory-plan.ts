import type { PassCount } from './editor/passes.ts';
import { TILE_LATENTS } from './editor/tiles.ts';
import { innerSize, type TransformerConfig } from './editor/transformer-config.ts';
import type { Provider } from './onnx/session.ts';
import { ELEMENT_TYPES } from './onnx/types.ts';
import { CALCULATION } from './providers.ts';

export interface MemoryFacts {
  /** Bytes of each component's weights. */
  readonly weights: {
    readonly text_encoder: number;
    readonly transformer: number;
    readonly vae: number;
  };
  readonly transformer: TransformerConfig;
  readonly provider: Provider;
  /** Side in pixels of the square that has as many pixels as the edited picture. */
  readonly level: number;
  /** Whether a step takes two passes of the transformer. */
  readonly guided: boolean;
}

/** Whether both models stay on the device, or each leaves before the other comes. */
export type Residence = 'together' | 'in-turns';

/** How the engine uses the device's memory. */
export interface MemoryPlan {
  readonly residence: Residence;
  /** Passes that one run of the transformer makes. */
  readonly passes: PassCount;
  /** Whether the autoencoder takes a picture in tiles. */
  readonly tiled: boolean;
  /** Bytes on the device, estimated. */
  readonly bytes: number;
}

const TEXT_TOKENS = 1_024;
const TOKEN_PIXELS = 16;
const LATENT_PIXELS = 8;
/** Rows of the width of a token that a single block holds at once: q, k, v, the MLP's four, its copy, the sums. */
const ROWS = 18;
/** Maps of 128 channels in float32, at the picture's size, that the decoder and the encoder hold: 8.3 and 3 were measured. */
const AUTOENCODER_MAPS = 9 + 3;
const AUTOENCODER_CHANNELS = 128;
/** The runtime's own, and the text encoder's activations and cache. */
const RUNTIME = 3e9;

/**
 * The plans there are, the preferred ones first, each needing less than the one before. A run for each pass is slower;
 * models in turns are read anew for each edit; tiles come last, since they change the picture a little.
 */
export function memoryPlans(facts: MemoryFacts): MemoryPlan[] {
  // The CPU reads weights from their files, and holds what it can. Two passes in one run gain it nothing, and are
  // twice as long until a stop is heard.
  const onCpu = facts.provider === 'cpu';
  const residences: Residence[] = onCpu ? ['together'] : ['together', 'in-turns'];
  const counts: PassCount[] = facts.guided && !onCpu ? [2, 1] : [1];
  const all = [false, true].flatMap((tiled) =>
    residences.flatMap((residence) =>
      counts.map((passes) => ({
        residence,
        passes,
        tiled,
        bytes: bytesOf(facts, residence, passes, tiled),
      })),
    ),
  );
  return all.filter(({ bytes }, index) => all.slice(0, index).every((one) => bytes < one.bytes));
}

/** @returns The first plan that `bytes` of memory are enough for; nothing when they are for none. */
export function choosePlan(plans: readonly MemoryPlan[], bytes: number): MemoryPlan | undefined {
  return plans.find((plan) => plan.bytes <= bytes);
}

/** One line for the operator. */
export function describePlan({ residence, passes, tiled, bytes }: MemoryPlan): string {
  const parts = [
    residence === 'together' ? 'all models at once' : 'models in turns',
    passes === 1 ? 'one pass a run' : 'both passes of guidance in one run',
    tiled ? 'pictures in tiles' : 'pictures whole',
  ];
  return `about ${gigabytes(bytes)} of memory: ${parts.join(', ')}`;
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function bytesOf(
  { weights, transformer, provider, level }: MemoryFacts,
  residence: Residence,
  passes: PassCount,
  tiled: boolean,
): number {
  const tokens = TEXT_TOKENS + 2 * (level / TOKEN_PIXELS) ** 2;
  const { bytes } = ELEMENT_TYPES[CALCULATION[provider]];
  const denoising = passes * tokens * innerSize(transformer) * ROWS * bytes;
  const side = tiled ? Math.min(level, TILE_LATENTS * LATENT_PIXELS) : level;
  const map = side ** 2 * AUTOENCODER_CHANNELS * ELEMENT_TYPES.float32.bytes;
  const mapped = provider === 'cpu';
  // The autoencoder's weights are copied into float32 and into the layout of its kernels. A session keeps what its
  // activations took, so that those of all sessions add up.
  const activations = denoising + AUTOENCODER_MAPS * map;
  const editor = (mapped ? 0 : weights.transformer) + 3 * weights.vae + activations;
  const reader = mapped ? 0 : weights.text_encoder;
  return (residence === 'together' ? reader + editor : Math.max(reader, editor)) + RUNTIME;
}
