import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { GraphBuilder } from '../../../../../src/pipeline/engines/reasonedit/onnx/graph-builder.ts';
import { openSession } from '../../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import { sampleToken } from '../../../../../src/pipeline/engines/reasonedit/qwen/sampler-graph.ts';
import { FACTS } from '../../../../support/qwen-reference.ts';

const { logits, seen, penalty, temperature, top_p, top_k, probabilities } = FACTS.warping;

let folder: string;
let session: InferenceSession;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sampler-'));
  const graph = new GraphBuilder('sampler');
  const scalar = (name: string) => graph.input(name, 'float32', []);
  const token = sampleToken(
    graph,
    graph.input('logits', 'float32', [logits.length]),
    graph.input('seen', 'bool', [logits.length]),
    graph.input('uniform', 'float32', [1]),
    { temperature: scalar('temperature'), topP: scalar('top_p'), penalty: scalar('penalty') },
    top_k,
  );
  graph.output('token', token, 'int64', [1]);
  await writeFile(join(folder, 'sampler.onnx'), graph.encode());
  session = await openSession(join(folder, 'sampler.onnx'), { provider: 'cpu', threads: 1 });
});
afterAll(async () => {
  await session.release();
  await rm(folder, { recursive: true });
});

async function choose(uniform: number, topP = top_p, warmth = temperature): Promise<number> {
  const mask = new Uint8Array(logits.length);
  for (const token of seen) mask[token] = 1;
  const scalar = (value: number): Tensor => new Tensor('float32', [value], []);
  const { token } = await session.run({
    logits: new Tensor('float32', [...logits], [logits.length]),
    seen: new Tensor('bool', mask, [logits.length]),
    uniform: new Tensor('float32', [uniform], [1]),
    temperature: scalar(warmth),
    top_p: scalar(topP),
    penalty: scalar(penalty),
  });
  return Number((token as Tensor).data[0]);
}

describe('a token', () => {
  it('is chosen as often as the reference would', async () => {
    const count = 4_000;
    const shares = new Map<number, number>();
    for (let step = 0; step < count; step++) {
      const token = await choose((step + 0.5) / count);
      shares.set(token, (shares.get(token) ?? 0) + 1 / count);
    }
    const wanted = probabilities.flatMap((share, token) => (share > 0 ? [token] : []));
    expect([...shares.keys()].toSorted((a, b) => a - b)).toEqual(wanted);
    for (const [token, share] of shares) {
      expect(Math.abs(share - (probabilities[token] ?? 0))).toBeLessThan(1.5 / count);
    }
  });

  it('is the likeliest where nothing is left to chance', async () => {
    const likeliest = probabilities.indexOf(Math.max(...probabilities));
    for (const uniform of [0, 0.5, 0.999]) expect(await choose(uniform, 0)).toBe(likeliest);
  });

  it.each([0, 1])('is one of those that were kept, also at a uniform of %i', async (uniform) => {
    expect(probabilities[await choose(uniform)]).toBeGreaterThan(0);
  });
});
