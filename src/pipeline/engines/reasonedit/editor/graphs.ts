import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import type { AutoencoderConfig } from './autoencoder-config.ts';
import { buildDecoderGraph, buildEncoderGraph } from './autoencoder-graph.ts';
import { buildConditionGraph, buildContextGraph } from './connector-graph.ts';
import { buildDenoiserGraph } from './denoiser-graph.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** Files of the editor's graphs, each beside the weights that it points into. */
export const EDITOR_GRAPHS = {
  condition: 'transformer/condition.onnx',
  context: 'transformer/context.onnx',
  denoiser: 'transformer/denoiser.onnx',
  encoder: 'vae/encoder.onnx',
  decoder: 'vae/decoder.onnx',
} as const;

export interface EditorParts {
  readonly transformer: { readonly config: TransformerConfig; readonly weights: Weights };
  readonly vae: { readonly config: AutoencoderConfig; readonly weights: Weights };
}

/**
 * The editor's graphs by their file. The autoencoder's are in float32 always: FLUX's overflows float16, and not all
 * of its operators are there in bfloat16.
 * @param type What the transformer and its connector calculate in.
 */
export function buildEditorGraphs(
  { transformer, vae }: EditorParts,
  type: FloatType,
): ReadonlyMap<string, GraphBuilder> {
  return new Map([
    [EDITOR_GRAPHS.condition, buildConditionGraph(transformer.config, transformer.weights, type)],
    [EDITOR_GRAPHS.context, buildContextGraph(transformer.config, transformer.weights, type)],
    [EDITOR_GRAPHS.denoiser, buildDenoiserGraph(transformer.config, transformer.weights, type)],
    [EDITOR_GRAPHS.encoder, buildEncoderGraph(vae.config, vae.weights)],
    [EDITOR_GRAPHS.decoder, buildDecoderGraph(vae.config, vae.weights)],
  ]);
}

/** @param folder The checkpoint's. */
export async function writeEditorGraphs(
  folder: string,
  parts: EditorParts,
  type: FloatType,
): Promise<void> {
  for (const [file, graph] of buildEditorGraphs(parts, type)) {
    await writeFile(join(folder, file), graph.encode());
  }
}
