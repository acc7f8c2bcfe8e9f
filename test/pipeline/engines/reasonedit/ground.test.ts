import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  float,
  GraphBuilder,
} from '../../../../src/pipeline/engines/reasonedit/onnx/graph-builder.ts';
import {
  fromBfloat16,
  fromFloat16,
  toBfloat16,
  toFloat16,
} from '../../../../src/pipeline/engines/reasonedit/onnx/numbers.ts';
import { missingFile } from '../../../../src/pipeline/engines/reasonedit/onnx/provider-files.ts';
import { openSession } from '../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import {
  openWeights,
  readSafetensors,
} from '../../../../src/pipeline/engines/reasonedit/safetensors.ts';
import { writeSafetensors } from '../../../support/safetensors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ground-'));
  await writeSafetensors(join(folder, 'model-00001-of-00002.safetensors'), {
    'proj.weight': { type: 'bfloat16', shape: [2, 3], values: [1, 2, 3, 0.5, -1, 0.25] },
  });
  await writeSafetensors(join(folder, 'model-00002-of-00002.safetensors'), {
    'other.weight': { type: 'float32', shape: [3], values: [9, 9, 9] },
    'proj.bias': { type: 'float32', shape: [2], values: [10, 0.1] },
  });
  await writeFile(
    join(folder, 'model.safetensors.index.json'),
    JSON.stringify({
      metadata: { total_size: 32 },
      weight_map: {
        'proj.weight': 'model-00001-of-00002.safetensors',
        'other.weight': 'model-00002-of-00002.safetensors',
        'proj.bias': 'model-00002-of-00002.safetensors',
      },
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function run(
  graph: GraphBuilder,
  feeds: Record<string, Tensor>,
): Promise<Record<string, ArrayLike<unknown>>> {
  const path = join(folder, 'graph.onnx');
  await writeFile(path, graph.encode());
  const session = await openSession(path, { provider: 'cpu' });
  try {
    const results = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, data as ArrayLike<unknown>]),
    );
  } finally {
    await session.release();
  }
}

describe('a graph', () => {
  it('calculates with weights that stay in their shards, bfloat16 and float32', async () => {
    const weights = await openWeights(folder, 'model');
    const graph = new GraphBuilder('linear');
    const x = graph.input('x', 'float32', ['rows', 3]);
    const weight = graph.weight(weights.get('proj.weight'), 'float32');
    const bias = graph.weight(weights.get('proj.bias'), 'float32');
    graph.output('y', graph.op('Gemm', [x, weight, bias], { transB: 1 }), 'float32', ['rows', 2]);
    const { y } = await run(graph, { x: new Tensor('float32', [1, 1, 1, 2, 0, 4], [2, 3]) });
    expect([...(y as Float32Array)].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([
      16, -0.15, 24, 2.1,
    ]);
  });

  it('runs loops, whose bodies see the values, weights and constants around them', async () => {
    const weights = await openWeights(folder, 'model');
    const graph = new GraphBuilder('loop');
    const count = graph.input('count', 'int64', []);
    const step = graph.weight(weights.get('proj.bias'), 'float32');
    const body = graph.subgraph('body');
    body.input('index', 'int64', []);
    const goOn = body.input('go_on', 'bool', []);
    const sum = body.input('sum', 'float32', [2]);
    body.output('go_on_out', goOn, 'bool', []);
    body.output('sum_out', body.op('Add', [sum, step]), 'float32', [2]);
    const start = graph.constant('float32', [2], [1, 1]);
    const always = graph.scalar('bool', 1);
    const [total] = graph.ops('Loop', [count, always, start], 1, { body: body.asAttribute() });
    graph.output('total', total ?? start, 'float32', [2]);
    const { total: values } = await run(graph, { count: new Tensor('int64', [3n], []) });
    expect([...(values as Float32Array)].map((value) => Math.fround(value))).toEqual([
      31,
      Math.fround(
        Math.fround(Math.fround(1 + Math.fround(0.1)) + Math.fround(0.1)) + Math.fround(0.1),
      ),
    ]);
  });

  it('has attributes of every kind, and operators of ONNX Runtime', async () => {
    const graph = new GraphBuilder('attributes');
    const x = graph.input('x', 'float32', [1, 4]);
    const scale = graph.constant('float32', [4], [1, 1, 1, 1]);
    const normal = graph.op('RMSNormalization', [x, scale], { axis: -1, epsilon: float(1) });
    const [left, right] = graph.ops('Split', [normal], 2, { axis: 1, num_outputs: 2 });
    const turned = graph.op('FusedMatMul', [left, right], { transA: 1, alpha: float(2) });
    graph.output('y', graph.op('Transpose', [turned], { perm: [1, 0] }), 'float32', [2, 2]);
    const { y } = await run(graph, { x: new Tensor('float32', [1, 1, 1, 1], [1, 4]) });
    for (const value of Array.from(y as Float32Array)) expect(value).toBeCloseTo(1, 6);
  });
});

describe('narrow floats', () => {
  it('come back as they were', () => {
    const half = Uint16Array.from({ length: 0x7c01 }, (_, bits) => bits);
    expect(toFloat16(fromFloat16(half))).toEqual(half);
    const brain = Uint16Array.from({ length: 0x7f81 }, (_, bits) => bits | 0x8000);
    expect(toBfloat16(fromBfloat16(brain))).toEqual(brain);
  });

  it('are the nearest there are', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -60_000, max: 60_000 }), (value) => {
        const one = Float32Array.of(value);
        const size = Math.max(Math.abs(value), 2 ** -14);
        expect(Math.abs((fromFloat16(toFloat16(one))[0] ?? 0) - value)).toBeLessThanOrEqual(
          size * 2 ** -11,
        );
        expect(Math.abs((fromBfloat16(toBfloat16(one))[0] ?? 0) - value)).toBeLessThanOrEqual(
          Math.max(Math.abs(value), 2 ** -126) * 2 ** -8,
        );
      }),
    );
  });
});

describe('safetensors', () => {
  it('gives the place of each weight, and its numbers when asked', async () => {
    const weights = await openWeights(folder, 'model');
    expect(weights.names.toSorted()).toEqual(['other.weight', 'proj.bias', 'proj.weight']);
    expect(weights.get('proj.weight')).toMatchObject({
      type: 'bfloat16',
      shape: [2, 3],
      length: 12,
    });
    expect(await weights.read('proj.weight')).toEqual(Float32Array.of(1, 2, 3, 0.5, -1, 0.25));
    expect(await weights.read('proj.bias')).toEqual(Float32Array.of(10, Math.fround(0.1)));
  });

  it('says which file is missing, cut off or damaged', async () => {
    const path = join(folder, 'cut.safetensors');
    await expect(readSafetensors(path)).rejects.toThrow(`${path} is missing`);
    await writeSafetensors(path, { w: { type: 'float32', shape: [4], values: [1, 2, 3, 4] } });
    expect(await readSafetensors(path)).toHaveLength(1);
    const [tensor] = await readSafetensors(path);
    await truncate(path, (tensor?.offset ?? 0) + 15);
    await expect(readSafetensors(path)).rejects.toMatchObject({
      code: 'CHECKPOINT_UNUSABLE',
      message: expect.stringContaining('is cut off before the end of "w"'),
    });
    await truncate(path, 20);
    await expect(readSafetensors(path)).rejects.toThrow('is cut off');
    await writeFile(path, 'version https://git-lfs.github.com/spec/v1');
    await expect(readSafetensors(path)).rejects.toThrow('is not a safetensors file');
    await expect(openWeights(join(folder, 'nowhere'), 'model')).rejects.toThrow(
      'model.safetensors is missing',
    );
  });
});

describe('a provider', () => {
  it('says which of its files is missing', async () => {
    const graph = new GraphBuilder('nothing');
    graph.output('y', graph.op('Neg', [graph.input('x', 'float32', [1])]), 'float32', [1]);
    const path = join(folder, 'nothing.onnx');
    await writeFile(path, graph.encode());
    expect(missingFile('cpu')).toBeUndefined();
    expect(missingFile('cuda', folder)).toMatch(/onnxruntime_providers_shared/);
    if (missingFile('cuda') === undefined) return;
    await expect(openSession(path, { provider: 'cuda' })).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringMatching(/^The provider cuda lacks .*onnxruntime_providers_shared/),
    });
  });

  it('says so when a graph can not be opened', async () => {
    const path = join(folder, 'broken.onnx');
    await writeFile(path, 'no graph');
    await expect(openSession(path, { provider: 'cpu' })).rejects.toMatchObject({
      code: 'CHECKPOINT_UNUSABLE',
      message: expect.stringContaining('reasonedit prepare'),
    });
  });
});
