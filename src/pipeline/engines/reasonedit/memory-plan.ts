import type { TransformerConfig } from './editor/transformer-config.ts';
import { innerSize } from './editor/transformer-config.ts';
import { ELEMENT_TYPES, type FloatType } from './onnx/types.ts';

export interface MemoryFacts {
  /** Bytes of each component's weights. */
  readonly weights: {
    readonly text_encoder: number;
    readonly transformer: number;
    readonly vae: number;
  };
  readonly transformer: TransformerConfig;
  readonly type: FloatType;
  /** Side in pixels of the square that has as many pixels as the edited picture. */
  readonly level: number;
}

/** Bytes on the device, estimated. */
export interface MemoryNeeds {
  /** With all models there at once. */
  readonly together: number;
  /** When text encoder and transformer take turns. */
  readonly inTurns: number;
}

/** Whether both models stay on the device, or each leaves before the other comes. */
export type Residence = 'together' | 'in-turns';

const TEXT_TOKENS = 1_024;
const TOKEN_PIXELS = 16;
/** Rows of the width of a token that a single block holds at once: q, k, v, the MLP's four, its copy, the sums. */
const ROWS = 18;
/** Maps of 128 channels in float32 that the decoder holds at once at its full size. */
const DECODER_MAPS = 6;
const DECODER_CHANNELS = 128;
/** The runtime's own, and the text encoder's activations and cache. */
const RUNTIME = 3e9;

export function memoryNeeds({ weights, transformer, type, level }: MemoryFacts): MemoryNeeds {
  const tokens = TEXT_TOKENS + 2 * (level / TOKEN_PIXELS) ** 2;
  const denoising = tokens * innerSize(transformer) * ROWS * ELEMENT_TYPES[type].bytes;
  const decoding = level * level * DECODER_CHANNELS * DECODER_MAPS * ELEMENT_TYPES.float32.bytes;
  // The autoencoder's weights are copied into float32 and into the layout of its kernels.
  const editor = weights.transformer + 3 * weights.vae + Math.max(denoising, decoding);
  return {
    together: weights.text_encoder + editor + RUNTIME,
    inTurns: Math.max(weights.text_encoder, editor) + RUNTIME,
  };
}

/** @returns How the models share `bytes` of memory; nothing when they can't. */
export function planResidence(
  { together, inTurns }: MemoryNeeds,
  bytes: number,
): Residence | undefined {
  if (bytes >= together) return 'together';
  return bytes >= inTurns ? 'in-turns' : undefined;
}
