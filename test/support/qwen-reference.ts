import { readFileSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FloatType } from '../../src/pipeline/engines/reasonedit/onnx/types.ts';
import { readQwenConfig } from '../../src/pipeline/engines/reasonedit/qwen/config.ts';
import { QWEN_GRAPHS } from '../../src/pipeline/engines/reasonedit/qwen/graphs.ts';
import { buildTextGraph } from '../../src/pipeline/engines/reasonedit/qwen/text-graph.ts';
import { buildVisionGraph } from '../../src/pipeline/engines/reasonedit/qwen/vision-graph.ts';
import type { Pixels } from '../../src/pipeline/engines/reasonedit/resample.ts';
import {
  openWeights,
  readSafetensors,
  Weights,
} from '../../src/pipeline/engines/reasonedit/safetensors.ts';

/** Made by test/parity/qwen/make.py. */
export const QWEN = fileURLToPath(new URL('../fixtures/qwen', import.meta.url));

/** What transformers made of a prompt with two pictures. */
export interface PromptFacts {
  readonly text: string;
  readonly grid_thw: readonly [number, number, number][];
  readonly input_ids: readonly number[];
  readonly positions: readonly number[][];
  readonly greedy: readonly number[];
  readonly greedy_with_penalty: readonly number[];
}

export interface ReferenceFacts {
  readonly tokens: readonly { readonly text: string; readonly ids: readonly number[] }[];
  readonly sizes: readonly {
    readonly width: number;
    readonly height: number;
    readonly min: number;
    readonly max: number;
    readonly size: readonly [number, number];
  }[];
  /** What the released loop shows pictures in. */
  readonly shown_sizes: readonly {
    readonly width: number;
    readonly height: number;
    readonly size: readonly [number, number];
  }[];
  readonly warping: {
    readonly logits: readonly number[];
    readonly seen: readonly number[];
    readonly penalty: number;
    readonly temperature: number;
    readonly top_k: number;
    readonly top_p: number;
    readonly probabilities: readonly number[];
  };
  /** What the released loop's client answers without chance; `{source}` and `{edited}` are pictures. */
  readonly released_client: readonly {
    readonly system: string;
    readonly user: readonly string[];
    readonly answer: string;
  }[];
  readonly float32: PromptFacts;
  readonly bfloat16: PromptFacts;
  readonly conditioning: {
    readonly instruction: string;
    readonly prefix: string;
    readonly text_mask: readonly number[];
  };
}

export const FACTS = JSON.parse(readFileSync(join(QWEN, 'facts.json'), 'utf8')) as ReferenceFacts;

/** Reads tensors that the reference gave. */
export async function referenceTensors(type: 'float32' | 'bfloat16'): Promise<Weights> {
  return new Weights(QWEN, await readSafetensors(join(QWEN, `${type}.safetensors`)));
}

/** A copy of the text encoder, in a folder of its own, for graphs to be written into. */
export async function copyTextEncoder(type: 'float32' | 'bfloat16'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qwen-'));
  const name = type === 'float32' ? 'text_encoder' : 'text_encoder_bf16';
  await cp(join(QWEN, name), folder, { recursive: true });
  return folder;
}

/** Writes the graphs of a text encoder into its folder. */
export async function writeQwenGraphs(folder: string, type: FloatType): Promise<void> {
  const config = await readQwenConfig(folder);
  const weights = await openWeights(folder, 'model');
  const vision = buildVisionGraph(config.vision, weights, type);
  await writeFile(join(folder, QWEN_GRAPHS.vision), vision.encode());
  await writeFile(join(folder, QWEN_GRAPHS.text), buildTextGraph(config, weights, type).encode());
}

/** The picture that test/parity/qwen/pictures.py makes. */
export function gradient(width: number, height: number): Pixels<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = Math.floor((x * 255) / (width - 1));
      data[at + 1] = Math.floor((y * 255) / (height - 1));
      const light = ((x >> 3) + (y >> 3)) % 2 === 0;
      data[at + 2] = light ? Math.floor(((x + y) * 255) / (width + height - 2)) : 40;
    }
  }
  return { width, height, data };
}

/** The largest difference between numbers that ought to be equal. */
export function largestDifference(got: Float32Array, wanted: Float32Array): number {
  if (got.length !== wanted.length) throw new Error(`${got.length} values, not ${wanted.length}`);
  return got.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (wanted[index] ?? 0))),
    0,
  );
}
