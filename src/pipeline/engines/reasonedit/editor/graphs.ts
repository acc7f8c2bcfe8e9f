import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import type { AutoencoderConfig } from './autoencoder-config.ts';
import { buildDecoderGraph, buildEncoderGraph } from './autoencoder-graph.ts';
import { buildConditionGraph, buildContextGraph } from './connector-graph.ts';
import { buildDenoiserGraph } from './denoiser-graph.ts';
import type { PassCount } from './passes.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** Files of the editor's graphs, each beside the weights that it points into. */
export const EDITOR_GRAPHS = {
  condition: 'transformer/condition.onnx',
  context: 'transformer/context.onnx',
  denoiser: 'transformer/denoiser.onnx',
  guidedContext: 'transformer/guided-context.onnx',
  guidedDenoiser: 'transformer/guided-denoiser.onnx',
  encoder: 'vae/encoder.onnx',
  decoder: 'vae/decoder.onnx',
} as const;

/** The graphs of a step, by the passes that one run of them makes. */
export const STEP_GRAPHS = {
  1: { context: EDITOR_GRAPHS.context, denoiser: EDITOR_GRAPHS.denoiser },
  2: { context: EDITOR_GRAPHS.guidedContext, denoiser: EDITOR_GRAPHS.guidedDenoiser },
} as const satisfies Readonly<Record<PassCount, unknown>>;

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
  const { config, weights } = transformer;
  return new Map([
    [EDITOR_GRAPHS.condition, buildConditionGraph(config, weights, type)],
    [EDITOR_GRAPHS.context, buildContextGraph(config, weights, type, 1)],
    [EDITOR_GRAPHS.denoiser, buildDenoiserGraph(config, weights, type, 1)],
    [EDITOR_GRAPHS.guidedContext, buildContextGraph(config, weights, type, 2)],
    [EDITOR_GRAPHS.guidedDenoiser, buildDenoiserGraph(config, weights, type, 2)],
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
