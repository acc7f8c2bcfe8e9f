import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FloatType } from '../onnx/types.ts';
import { openWeights } from '../safetensors.ts';
import { readQwenConfig } from './config.ts';
import { buildTextGraph } from './text-graph.ts';
import { buildVisionGraph } from './vision-graph.ts';

export const QWEN_GRAPHS = { vision: 'vision.onnx', text: 'text.onnx' } as const;

/**
 * Writes the graphs of a text encoder into its folder, beside the weights that they point into.
 * @throws {AppError} `CHECKPOINT_UNUSABLE`.
 */
export async function writeQwenGraphs(folder: string, type: FloatType): Promise<void> {
  const config = await readQwenConfig(folder);
  const weights = await openWeights(folder, 'model');
  const vision = buildVisionGraph(config.vision, weights, type).encode();
  const text = buildTextGraph(config, weights, type).encode();
  await writeFile(join(folder, QWEN_GRAPHS.vision), vision);
  await writeFile(join(folder, QWEN_GRAPHS.text), text);
}
