import { existsSync } from 'node:fs';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  findLaidOut,
  keepLaidOut,
} from '../../../../src/pipeline/engines/reasonedit/onnx/laid-out-graph.ts';
import { openSession } from '../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import { prepareCheckpoint } from '../../../../src/pipeline/engines/reasonedit/prepare/prepare.ts';
import { copyWholeCheckpoint } from '../../../support/whole-checkpoint.ts';
import { uniformNumbers } from '../../../../src/pipeline/seeds.ts';

const call = { signal: new AbortController().signal };
const CPU = { provider: 'cpu', threads: 1 } as const;

let folder: string;
let encoder: string;
beforeAll(async () => {
  folder = await copyWholeCheckpoint();
  await prepareCheckpoint(folder, 'cpu', call);
  encoder = join(folder, 'vae/encoder.onnx');
});
afterAll(() => rm(folder, { recursive: true }));

const keptFiles = async (): Promise<string[]> =>
  (await readdir(join(folder, 'vae'))).filter((file) => file.includes('.cpu-')).toSorted();

async function meanOf(session: InferenceSession): Promise<Float32Array> {
  const pixels = Float32Array.from({ length: 3 * 48 * 64 }, uniformNumbers(1));
  const { mean } = await session.run({ pixels: new Tensor('float32', pixels, [1, 3, 48, 64]) });
  await session.release();
  return mean?.data as Float32Array;
}

// Elsewhere processors can't be told apart, and nothing is kept.
describe.runIf(existsSync('/proc/cpuinfo'))('a graph in the layout of the processor', () => {
  it('is kept for both halves of the autoencoder, and gives what the graph gives', async () => {
    const [, , file = ''] = await keptFiles();
    expect(await keptFiles()).toHaveLength(4);
    expect(file).toMatch(/^encoder\.cpu-[0-9a-f]{12}\.onnx$/);
    expect(await findLaidOut(encoder)).toBe(join(folder, 'vae', file));
    const kept = await meanOf(await openSession(encoder, { ...CPU, copyWeights: true }));
    const plain = await meanOf(await openSession(encoder, CPU));
    expect(Math.max(...kept.map((value, at) => Math.abs(value - (plain[at] ?? 0))))).toBeLessThan(
      1e-5,
    );
  });

  it('is what opens where weights may be copied, and is mended by preparing again', async () => {
    const kept = (await findLaidOut(encoder)) ?? '';
    await writeFile(kept, 'damaged');
    await expect(openSession(encoder, { ...CPU, copyWeights: true })).rejects.toThrow(
      'reasonedit prepare',
    );
    await (await openSession(encoder, CPU)).release();
    await keepLaidOut(encoder);
    await (await openSession(encoder, { ...CPU, copyWeights: true })).release();
  });

  it('is passed over once the weights are others, and made anew', async () => {
    const before = await keptFiles();
    await utimes(join(folder, 'vae/diffusion_pytorch_model.safetensors'), 1, 1);
    expect(await findLaidOut(encoder)).toBeUndefined();
    await (await openSession(encoder, { ...CPU, copyWeights: true })).release();
    await keepLaidOut(encoder);
    const after = await keptFiles();
    expect(after).toContain(basename((await findLaidOut(encoder)) ?? ''));
    expect(after).toHaveLength(before.length);
    expect(after.filter((file) => before.includes(file) && file.startsWith('encoder'))).toEqual([]);
  });
});
