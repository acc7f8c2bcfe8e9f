import { cp, lstat, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { prepareCheckpoint } from '../../../../src/pipeline/engines/reasonedit/prepare/prepare.ts';
import { readPrepared } from '../../../../src/pipeline/engines/reasonedit/prepared.ts';
import { openWeights } from '../../../../src/pipeline/engines/reasonedit/safetensors.ts';
import { copyWholeCheckpoint } from '../../../support/whole-checkpoint.ts';
import { writeSafetensors } from '../../../support/safetensors.ts';

const call = { signal: new AbortController().signal };
const GRAPHS = [
  'transformer/condition.onnx',
  'transformer/context.onnx',
  'transformer/denoiser.onnx',
  'transformer/guided-context.onnx',
  'transformer/guided-denoiser.onnx',
  'vae/encoder.onnx',
  'vae/decoder.onnx',
  'text_encoder/vision.onnx',
  'text_encoder/text.onnx',
];

let folder: string;
beforeAll(async () => {
  folder = await copyWholeCheckpoint();
});
afterAll(() => rm(folder, { recursive: true }));

describe('prepare', () => {
  it('writes the graphs once, and tells how large the weights are', async () => {
    await expect(readPrepared(folder, 'cpu')).rejects.toThrow(
      'is not prepared; run "reasonedit prepare',
    );
    const first = await prepareCheckpoint(folder, 'cpu', call);
    expect(first.written.toSorted()).toEqual(GRAPHS.toSorted());
    expect(first.linked).toBe(0);
    for (const graph of GRAPHS) expect((await stat(join(folder, graph))).size).toBeLessThan(1e6);
    const { size } = await stat(join(folder, 'vae/diffusion_pytorch_model.safetensors'));
    expect(first.prepared.weights.vae).toBeGreaterThan(size * 0.9);
    expect(first.prepared.weights.vae).toBeLessThan(size);

    const again = await prepareCheckpoint(folder, 'cpu', call);
    expect(again).toEqual({ ...first, written: [] });
    expect(await readPrepared(folder, 'cpu')).toEqual(first.prepared);
    await expect(readPrepared(folder, 'cuda')).rejects.toThrow(
      'was prepared for cpu, not for cuda',
    );
  });

  it('makes hard links of the links in a cache, so that they lead nowhere outside', async () => {
    const cached = await copyWholeCheckpoint();
    try {
      const name = join(cached, 'vae/diffusion_pytorch_model.safetensors');
      await mkdir(join(cached, 'blobs'));
      await rename(name, join(cached, 'blobs/0123'));
      await symlink('../blobs/0123', name);
      const { linked } = await prepareCheckpoint(cached, 'cpu', call);
      expect(linked).toBe(1);
      expect((await lstat(name)).isFile()).toBe(true);
      expect((await stat(name)).ino).toBe((await stat(join(cached, 'blobs/0123'))).ino);
    } finally {
      await rm(cached, { recursive: true });
    }
  });

  it('names every weight that does not fit its configuration', async () => {
    const file = join(folder, 'vae/diffusion_pytorch_model.safetensors');
    const kept = join(folder, 'kept');
    await cp(file, kept);
    const weights = await openWeights(join(folder, 'vae'), 'diffusion_pytorch_model');
    const tensors = await Promise.all(
      weights.names.map(async (name) => {
        const values = await weights.read(name);
        return [
          name,
          { type: 'float32' as const, shape: weights.get(name).shape, values },
        ] as const;
      }),
    );
    const { 'decoder.conv_out.bias': bias, ...others } = Object.fromEntries(tensors);
    if (!bias) throw new Error('no such weight');
    const wrong = { ...others, 'encoder.conv_in.bias': bias, extra: bias };
    await writeSafetensors(file, wrong);
    const failure = await prepareCheckpoint(folder, 'cpu', call).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'CHECKPOINT_UNUSABLE' });
    const { message } = failure as Error;
    expect(message).toContain('vae lacks "decoder.conv_out.bias"');
    expect(message).toContain('"encoder.conv_in.bias" of vae is [3], not [16]');
    expect(message).toContain('vae has "extra", which is not known');
    await rename(kept, file);
  });

  it.each([
    ['model_index.json', '_class_name', 'FluxPipeline', 'Step1XEditPipelineV1P2'],
    ['transformer/config.json', 'guidance_embeds', true, 'guidance_embeds'],
    ['vae/config.json', 'use_quant_conv', true, 'use_quant_conv'],
    ['scheduler/scheduler_config.json', 'use_dynamic_shifting', false, 'use_dynamic_shifting'],
  ])('refuses a %s that says another %s', async (file, key, value, said) => {
    const path = join(folder, file);
    const before = await readFile(path, 'utf8');
    await writeFile(path, JSON.stringify({ ...JSON.parse(before), [key]: value }));
    await expect(prepareCheckpoint(folder, 'cpu', call)).rejects.toThrow(said);
    await writeFile(path, before);
  });
});
