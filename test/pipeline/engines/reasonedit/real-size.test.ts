import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readEditorCheckpoint } from '../../../../src/pipeline/engines/reasonedit/checkpoint.ts';
import { EDITOR_GRAPHS } from '../../../../src/pipeline/engines/reasonedit/editor/graphs.ts';
import {
  choosePlan,
  memoryPlans,
} from '../../../../src/pipeline/engines/reasonedit/memory-plan.ts';
import { openSession } from '../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import { prepareCheckpoint } from '../../../../src/pipeline/engines/reasonedit/prepare/prepare.ts';
import { makeSparseCheckpoint } from '../../../support/sparse-checkpoint.ts';

const call = { signal: new AbortController().signal };

let folder: string;
beforeAll(async () => {
  folder = await makeSparseCheckpoint();
});
afterAll(() => rm(folder, { recursive: true }));

describe('a checkpoint of the published size', { timeout: 180_000 }, () => {
  it('is prepared, and its graphs open without the weights in memory', async () => {
    const { prepared, written } = await prepareCheckpoint(folder, 'cpu', call);
    expect(written).toHaveLength(9);
    const { text_encoder: text, transformer, vae } = prepared.weights;
    expect([text, transformer, vae].map((bytes) => Math.round(bytes / 1e8) / 10)).toEqual([
      16.6, 24.9, 0.2,
    ]);
    const before = process.memoryUsage().rss;
    const files = [
      EDITOR_GRAPHS.condition,
      EDITOR_GRAPHS.guidedContext,
      EDITOR_GRAPHS.guidedDenoiser,
      'text_encoder/vision.onnx',
      'text_encoder/text.onnx',
    ];
    for (const file of files) {
      expect((await stat(join(folder, file))).size).toBeLessThan(5e6);
      const session = await openSession(join(folder, file), { provider: 'cpu', threads: 1 });
      expect(session.outputNames.length).toBeGreaterThan(0);
      await session.release();
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(2e9);
  });

  it('has its graphs in bfloat16 for CUDA', async () => {
    const { written } = await prepareCheckpoint(folder, 'cuda', call);
    expect(written.toSorted()).toEqual([
      'text_encoder/text.onnx',
      'text_encoder/vision.onnx',
      EDITOR_GRAPHS.condition,
      EDITOR_GRAPHS.context,
      EDITOR_GRAPHS.denoiser,
      EDITOR_GRAPHS.guidedContext,
      EDITOR_GRAPHS.guidedDenoiser,
    ]);
    // Types and shapes fit to the end: all that the CPU complains of is that it has no such kernels.
    // The form for one pass is made by the same hand, of the same parts.
    for (const file of written.filter((name) => name !== EDITOR_GRAPHS.denoiser)) {
      const opening = openSession(join(folder, file), { provider: 'cpu' });
      const failure = await opening.catch(({ cause }: Error) => cause as Error);
      expect(failure).toMatchObject({
        message: expect.stringMatching(/Could not find an implementation for \w+/),
      });
    }
  });

  it('fits one large GPU whole, smaller ones in turns and in tiles, and a small one not at all', async () => {
    const { transformer } = await readEditorCheckpoint(folder);
    const weights = { text_encoder: 16.6e9, transformer: 24.9e9, vae: 0.17e9 };
    const facts = {
      weights,
      transformer: transformer.config,
      provider: 'cuda',
      guided: true,
    } as const;
    const plans = memoryPlans({ ...facts, level: 1_024 });
    expect(choosePlan(plans, 80e9)).toMatchObject({
      residence: 'together',
      passes: 2,
      tiled: false,
    });
    expect(choosePlan(plans, 40e9)).toMatchObject({
      residence: 'in-turns',
      passes: 2,
      tiled: false,
    });
    expect(choosePlan(plans, 36e9)).toMatchObject({
      residence: 'in-turns',
      passes: 1,
      tiled: false,
    });
    expect(choosePlan(plans, 34e9)).toMatchObject({
      residence: 'in-turns',
      passes: 2,
      tiled: true,
    });
    expect(choosePlan(plans, 32e9)).toMatchObject({
      residence: 'in-turns',
      passes: 1,
      tiled: true,
    });
    expect(choosePlan(plans, 24e9)).toBeUndefined();
    const [smaller] = memoryPlans({ ...facts, level: 512 });
    expect(smaller?.bytes).toBeLessThan(plans[0]?.bytes ?? 0);
    const unguided = memoryPlans({ ...facts, level: 1_024, guided: false });
    expect(unguided.map(({ passes }) => passes)).toEqual(unguided.map(() => 1));
  });

  it('keeps its weights in their files on a CPU, whose memory still bounds the rest', async () => {
    const { transformer } = await readEditorCheckpoint(folder);
    const weights = { text_encoder: 16.6e9, transformer: 24.9e9, vae: 0.17e9 };
    const facts = {
      weights,
      transformer: transformer.config,
      provider: 'cpu',
      guided: true,
    } as const;
    const plans = memoryPlans({ ...facts, level: 1_024 });
    expect(plans).toMatchObject([
      { residence: 'together', passes: 1, tiled: false },
      { residence: 'together', passes: 1, tiled: true },
    ]);
    expect(plans[0]?.bytes).toBeLessThan(13e9);
  });
});
