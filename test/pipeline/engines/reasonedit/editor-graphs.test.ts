import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readEditorCheckpoint } from '../../../../src/pipeline/engines/reasonedit/checkpoint.ts';
import { AutoencoderConfig } from '../../../../src/pipeline/engines/reasonedit/editor/autoencoder-config.ts';
import {
  buildDecoderGraph,
  buildEncoderGraph,
} from '../../../../src/pipeline/engines/reasonedit/editor/autoencoder-graph.ts';
import {
  buildConditionGraph,
  buildContextGraph,
} from '../../../../src/pipeline/engines/reasonedit/editor/connector-graph.ts';
import { buildDenoiserGraph } from '../../../../src/pipeline/engines/reasonedit/editor/denoiser-graph.ts';
import {
  buildEditorGraphs,
  EDITOR_GRAPHS,
} from '../../../../src/pipeline/engines/reasonedit/editor/graphs.ts';
import {
  nameIn,
  type PassCount,
} from '../../../../src/pipeline/engines/reasonedit/editor/passes.ts';
import { embedTime } from '../../../../src/pipeline/engines/reasonedit/editor/time-embedding.ts';
import { TransformerConfig } from '../../../../src/pipeline/engines/reasonedit/editor/transformer-config.ts';
import type { GraphBuilder } from '../../../../src/pipeline/engines/reasonedit/onnx/graph-builder.ts';
import { openSession } from '../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import {
  openWeights,
  type Weights,
} from '../../../../src/pipeline/engines/reasonedit/safetensors.ts';
import { copyCheckpoint, expectClose, recorded } from '../../../support/reasonedit.ts';

type Feeds = Record<string, readonly [Float32Array, number[]]>;

async function run(weights: Weights, graph: GraphBuilder, feeds: Feeds) {
  const path = join(weights.folder, 'graph.onnx');
  await writeFile(path, graph.encode());
  const session = await openSession(path, { provider: 'cpu', threads: 1 });
  try {
    const results = await session.run(
      Object.fromEntries(
        Object.entries(feeds).map(([name, [data, shape]]) => [
          name,
          new Tensor('float32', data, shape),
        ]),
      ),
    );
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]),
    );
  } finally {
    await session.release();
  }
}

const PASSES = [1, 2] as const;

/** The same for each pass. */
const inEach = (passes: PassCount, feeds: Feeds): Feeds =>
  Object.fromEntries(
    Array.from({ length: passes }, (_, pass) =>
      Object.entries(feeds).map(([name, feed]) => [nameIn(pass, name), feed] as const),
    ).flat(),
  );

const stored = async (name: string): Promise<readonly [Float32Array, number[]]> => [
  await recorded.read(name),
  [...recorded.get(name).shape],
];

describe.each(['float32', 'bfloat16'] as const)('weights stored as %s', (type) => {
  let folder: string;
  let transformer: Weights;
  let vae: Weights;
  let config: TransformerConfig;
  let autoencoder: AutoencoderConfig;

  beforeAll(async () => {
    folder = await copyCheckpoint(type);
    const read = async (component: string): Promise<unknown> =>
      JSON.parse(await readFile(join(folder, component, 'config.json'), 'utf8'));
    transformer = await openWeights(join(folder, 'transformer'), 'diffusion_pytorch_model');
    vae = await openWeights(join(folder, 'vae'), 'diffusion_pytorch_model');
    config = TransformerConfig.parse(await read('transformer'));
    autoencoder = AutoencoderConfig.parse(await read('vae'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(PASSES)(
    'gives the context and the embedding of the connector, passes: %i',
    async (passes) => {
      expect(transformer.get('x_embedder.weight').type).toBe(type);
      const [quoted, [, tokens = 0]] = await stored('positive.quoted');
      const condition = await run(
        transformer,
        buildConditionGraph(config, transformer, 'float32'),
        {
          hidden: await stored('positive.hidden'),
          embeddings: await stored('positive.embeddings'),
          quoted: [quoted, [1, tokens, 1]],
        },
      );
      const {
        tokens: refined,
        summary,
        vector,
        mapped,
      } = condition as Record<string, Float32Array>;
      if (!refined || !summary || !vector || !mapped) throw new Error('an output is missing');
      const wide = config.connector_hidden_size;
      const result = await run(
        transformer,
        buildContextGraph(config, transformer, 'float32', passes),
        {
          ...inEach(passes, {
            tokens: [refined, [1, tokens, wide]],
            summary: [summary, [1, wide]],
            vector: [vector, [1, vector.length]],
            mapped: [mapped, [1, tokens, wide]],
          }),
          time: [embedTime(1, 256), [1, 256]],
        },
      );
      for (let pass = 0; pass < passes; pass++) {
        const given = (name: string): ArrayLike<number> => result[nameIn(pass, name)] ?? [];
        expectClose(given('context'), await recorded.read('context'), 1e-5);
        expectClose(given('embedding'), await recorded.read('embedding'), 1e-5);
      }
    },
  );

  it.each(PASSES)('gives the velocity of the noisy tokens alone, passes: %i', async (passes) => {
    const [cosine, [tokens = 0, size = 0]] = await stored('rotary.cosine');
    const half = (values: Float32Array): Float32Array =>
      values.filter((_, index) => index % 2 === 0);
    const result = await run(
      transformer,
      buildDenoiserGraph(config, transformer, 'float32', passes),
      {
        latents: await stored('noise'),
        source: await stored('source'),
        ...inEach(passes, {
          context: await stored('context'),
          embedding: await stored('embedding'),
          cosine: [half(cosine), [1, tokens, size / 2]],
          sine: [half((await stored('rotary.sine'))[0]), [1, tokens, size / 2]],
        }),
      },
    );
    const wanted = await recorded.read('velocity');
    for (let pass = 0; pass < passes; pass++) {
      const velocity = result[nameIn(pass, 'velocity')] ?? [];
      expectClose(velocity, wanted.subarray(0, wanted.length / 2), 2e-5);
    }
  });

  it('encodes and decodes pictures', async () => {
    const { mean, deviation } = await run(vae, buildEncoderGraph(autoencoder, vae), {
      pixels: await stored('pixels'),
    });
    expectClose(mean ?? [], await recorded.read('posterior.mean'), 1e-5);
    const noise = await recorded.read('posterior.noise');
    const sample = mean?.map(
      (value, index) => value + (deviation?.[index] ?? 0) * (noise[index] ?? 0),
    );
    expect(sample).toHaveLength(noise.length);

    const { pixels } = await run(vae, buildDecoderGraph(autoencoder, vae), {
      latents: await stored('latents'),
    });
    expectClose(pixels ?? [], await recorded.read('decoded'), 2e-5);
  });
});

/** Operators for which ONNX Runtime's CUDA provider registers kernels in bfloat16, or of any type. */
const CUDA_BFLOAT16 = new Set([
  'Add',
  'Attention',
  'Cast',
  'Concat',
  'FastGelu',
  'FusedMatMul',
  'Identity',
  'LayerNormalization',
  'Mul',
  'RMSNormalization',
  'Reshape',
  'RotaryEmbedding',
  'Shape',
  'Sigmoid',
  'Slice',
  'Split',
  // Fed with float32.
  'ReduceMean',
]);

it('needs no operator in bfloat16 that CUDA lacks', async () => {
  const folder = await copyCheckpoint('bfloat16');
  const { transformer, vae } = await readEditorCheckpoint(folder);
  const graphs = buildEditorGraphs({ transformer, vae }, 'bfloat16');
  const { encoder, decoder, ...ofTransformer } = EDITOR_GRAPHS;
  expect([...graphs.keys()].toSorted()).toEqual(
    [encoder, decoder, ...Object.values(ofTransformer)].toSorted(),
  );
  for (const file of Object.values(ofTransformer)) {
    const types = new Set(
      graphs
        .get(file)
        ?.finish()
        .nodes.map(({ type }) => type),
    );
    expect(types.size).toBeGreaterThan(4);
    expect([...types].filter((type) => !CUDA_BFLOAT16.has(type))).toEqual([]);
  }
  await rm(folder, { recursive: true });
});
