import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { AppError } from '../../../../errors.ts';
import type { Call } from '../../../types.ts';
import { readConfig, readEditorCheckpoint } from '../checkpoint.ts';
import { buildEditorGraphs, EDITOR_GRAPHS } from '../editor/graphs.ts';
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { memoryPlans, type MemoryPlan } from '../memory-plan.ts';
import { keepLaidOut } from '../onnx/laid-out-graph.ts';
import type { Provider } from '../onnx/session.ts';
import { GRAPHS_VERSION, PREPARED_FILE, type Prepared } from '../prepared.ts';
import { CALCULATION } from '../providers.ts';
import { ChatTokenizer } from '../qwen/chat-tokenizer.ts';
import { readQwenConfig } from '../qwen/config.ts';
import { QWEN_GRAPHS } from '../qwen/graphs.ts';
import { textPrefix, visionPrefix } from '../qwen/names.ts';
import { buildTextGraph } from '../qwen/text-graph.ts';
import { buildVisionGraph } from '../qwen/vision-graph.ts';
import { openWeights, unusable, type Weights } from '../safetensors.ts';
import { checkWeights } from './check-weights.ts';
import { ownWeightFiles } from './own-files.ts';
import { autoencoderShapes, textEncoderShapes, transformerShapes } from './shapes.ts';
import { TextEncoderSizes } from './text-encoder-sizes.ts';

const LEVEL = 1_024;
const COMPONENTS = ['text_encoder', 'transformer', 'vae'] as const;
/** Problems that are told of at once; all of them would fill the screen. */
const MAX_TOLD = 8;

const ModelIndex = z.object({ _class_name: z.literal('Step1XEditPipelineV1P2') });

export interface Preparation {
  /** Graphs that were written; none when all were there already. */
  readonly written: readonly string[];
  /** Weights' files that were symbolic links, and are hard links now. */
  readonly linked: number;
  readonly prepared: Prepared;
  /** How memory can be used at 1024 pixels squared with guidance, the preferred plans first. */
  readonly plans: readonly MemoryPlan[];
}

/**
 * Makes a checkpoint ready: checks its weights against its configurations, and writes graphs beside them that point
 * into their files. No weight is changed, and none read or copied but the autoencoder's for the CPU, whose kernels want another
 * layout; running it again changes nothing.
 * @param folder In the published layout, `model_index.json` at its top.
 * @param provider Where the graphs are to be calculated.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` with what is missing or does not fit; `OUTPUT_NOT_WRITABLE`.
 */
export async function prepareCheckpoint(
  folder: string,
  provider: Provider,
  { signal }: Call,
): Promise<Preparation> {
  await readConfig(join(folder, 'model_index.json'), ModelIndex);
  await ChatTokenizer.open(folder);
  let linked = 0;
  for (const component of COMPONENTS) linked += await ownWeightFiles(join(folder, component));
  signal.throwIfAborted();

  const editor = await readEditorCheckpoint(folder);
  const textEncoder = await readTextEncoder(folder);
  const weights = {
    text_encoder: textEncoder.weights,
    transformer: editor.transformer.weights,
    vae: editor.vae.weights,
  };
  refuseProblems(folder, [
    ...checkWeights('text_encoder', weights.text_encoder, textEncoder.shapes),
    ...checkWeights(
      'transformer',
      weights.transformer,
      transformerShapes(editor.transformer.config),
    ),
    ...checkWeights('vae', weights.vae, autoencoderShapes(editor.vae.config)),
  ]);
  signal.throwIfAborted();

  const type = CALCULATION[provider];
  const graphs = new Map<string, GraphBuilder>([
    ...buildEditorGraphs(editor, type),
    [
      join('text_encoder', QWEN_GRAPHS.vision),
      buildVisionGraph(textEncoder.config.vision, weights.text_encoder, type),
    ],
    [
      join('text_encoder', QWEN_GRAPHS.text),
      buildTextGraph(textEncoder.config, weights.text_encoder, type),
    ],
  ]);
  const prepared: Prepared = {
    graphs: GRAPHS_VERSION,
    provider,
    weights: {
      text_encoder: sizeOf(weights.text_encoder),
      transformer: sizeOf(weights.transformer),
      vae: sizeOf(weights.vae),
    },
  };
  const written: string[] = [];
  try {
    for (const [file, graph] of graphs) {
      signal.throwIfAborted();
      if (await writeIfChanged(join(folder, file), graph.encode())) written.push(file);
    }
    if (provider === 'cpu') {
      for (const file of [EDITOR_GRAPHS.encoder, EDITOR_GRAPHS.decoder]) {
        signal.throwIfAborted();
        await keepLaidOut(join(folder, file));
      }
    }
    // The last, so that a folder which has it has all the others.
    const note = Buffer.from(`${JSON.stringify(prepared, undefined, 2)}\n`);
    await writeIfChanged(join(folder, PREPARED_FILE), note);
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError(
      'OUTPUT_NOT_WRITABLE',
      `The graphs can't be written into ${folder}; make it writable.`,
      { cause: error },
    );
  }
  const plans = memoryPlans({
    weights: prepared.weights,
    transformer: editor.transformer.config,
    provider,
    level: LEVEL,
    guided: true,
  });
  return { written, linked, prepared, plans };
}

async function readTextEncoder(folder: string) {
  const inside = join(folder, 'text_encoder');
  const config = await readQwenConfig(inside);
  const sizes = await readConfig(join(inside, 'config.json'), TextEncoderSizes);
  const weights = await openWeights(inside, 'model');
  const shapes = textEncoderShapes(sizes, {
    vision: visionPrefix(weights),
    text: textPrefix(weights),
  });
  return { config, weights, shapes };
}

function refuseProblems(folder: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const told = problems.slice(0, MAX_TOLD).join('; ');
  const more = problems.length - MAX_TOLD;
  throw unusable(
    `${folder} does not fit its configuration: ${told}${more > 0 ? `; and ${more} more` : ''}`,
  );
}

const sizeOf = (weights: Weights): number =>
  weights.names.reduce((bytes, name) => bytes + weights.get(name).length, 0);

/** Writes a file whole or not at all. @returns Whether it was not there as it is now. */
async function writeIfChanged(path: string, bytes: Buffer): Promise<boolean> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(bytes)) return false;
  const made = `${path}.${process.pid}`;
  await writeFile(made, bytes);
  await rename(made, path);
  return true;
}
