import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../src/image/types.ts';
import { readEditorCheckpoint } from '../../../../src/pipeline/engines/reasonedit/checkpoint.ts';
import type { Conditioner } from '../../../../src/pipeline/engines/reasonedit/editor/conditioning.ts';
import { denoise } from '../../../../src/pipeline/engines/reasonedit/editor/denoise.ts';
import {
  edit,
  type EditSettings,
  type EditTools,
} from '../../../../src/pipeline/engines/reasonedit/editor/edit.ts';
import { writeEditorGraphs } from '../../../../src/pipeline/engines/reasonedit/editor/graphs.ts';
import { unpack } from '../../../../src/pipeline/engines/reasonedit/editor/latents.ts';
import { Painter } from '../../../../src/pipeline/engines/reasonedit/editor/models.ts';
import { normalNumbers } from '../../../../src/pipeline/engines/reasonedit/editor/noise.ts';
import type { PassCount } from '../../../../src/pipeline/engines/reasonedit/editor/passes.ts';
import type { EditStep } from '../../../../src/pipeline/types.ts';
import { copyCheckpoint, expectClose, FIXTURES, recorded } from '../../../support/reasonedit.ts';

const SIZE = { channels: 16, rows: 8, columns: 14 };
const CPU = { provider: 'cpu', threads: 1 } as const;
const AS_RECORDED: EditSettings = {
  steps: 6,
  guidance: 6,
  level: 96,
  previewEvery: 0,
  drawSource: true,
  tile: Infinity,
};

/** How far the latents of one run for both passes may be from those of two runs. */
const FORMS_DIFFER = 1e-5;

/** What the reference's text encoder is taken to have given. */
const condition: Conditioner = async (instruction) => {
  const name = instruction === '' ? 'negative' : 'positive';
  const start = instruction === '' ? 4 : 9;
  return {
    hidden: await recorded.read(`${name}.hidden`),
    embeddings: await recorded.read(`${name}.embeddings`),
    quoted: await recorded.read(`${name}.quoted`),
    layout: {
      times: await recorded.read(`${name}.positions`),
      vision: { start, rows: 2, columns: 4, width: 112, height: 64 },
    },
  };
};

const folders: string[] = [];
const opened: AsyncDisposable[] = [];
let source: EncodedImage;
let tools: EditTools & { readonly painter: Painter };

async function openTools(
  type: 'float32' | 'bfloat16',
  passes: PassCount,
): Promise<EditTools & { readonly painter: Painter }> {
  const folder = await copyCheckpoint(type);
  folders.push(folder);
  const checkpoint = await readEditorCheckpoint(folder);
  await writeEditorGraphs(folder, checkpoint, 'float32');
  const { transformer, vae, schedule } = checkpoint;
  const configs = { transformer: transformer.config, vae: vae.config };
  const painter = await Painter.open(folder, configs, passes, CPU);
  opened.push(painter);
  return {
    painter,
    autoencoder: vae.config,
    schedule,
    condition,
    normalNumbers,
    openPainter: () => Promise.resolve(painter),
  };
}

beforeAll(async () => {
  const bytes = await readFile(join(FIXTURES, 'source.png'));
  source = { bytes, format: 'png', width: 150, height: 100 };
  tools = await openTools('bfloat16', 2);
});
afterAll(async () => {
  for (const part of opened.toReversed()) await part[Symbol.asyncDispose]();
  for (const folder of folders) await rm(folder, { recursive: true });
});

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

async function runEdit(
  settings: Partial<EditSettings> = {},
  seed = 1,
  call = live(),
  using: EditTools = tools,
): Promise<{ steps: EditStep[]; image: EncodedImage }> {
  const input = { image: source, references: [], instruction: 'make it better', seed };
  const work = edit(using, { ...AS_RECORDED, ...settings }, input, call);
  const steps: EditStep[] = [];
  let next = await work.next();
  for (; !next.done; next = await work.next()) steps.push(next.value);
  return { steps, image: next.value };
}

const pixelsOf = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).raw().toBuffer();

async function denoiseRecorded(
  painter: Painter,
  guidance = 6,
): Promise<{ steps: Float32Array[]; latents: Float32Array }> {
  const call = live();
  const picture = { data: new Uint8Array(), width: 0, height: 0 };
  const work = denoise(
    painter.transformer,
    {
      noise: await recorded.read('noise'),
      source: await recorded.read('source'),
      size: SIZE,
      positive: await condition('make it better', picture, call),
      negative: await condition('', picture, call),
      guidance,
      levels: await recorded.read('sigmas'),
    },
    call,
  );
  const steps: Float32Array[] = [];
  let next = await work.next();
  for (; !next.done; next = await work.next()) steps.push(next.value.latents.slice());
  return { steps, latents: next.value };
}

describe.each(['float32', 'bfloat16'] as const)('with weights stored as %s', (type) => {
  it('takes the noise off as the reference does, step by step, in either form', async () => {
    const wanted = await recorded.read('steps');
    const size = wanted.length / 6;
    const { painter: guided } = type === 'bfloat16' ? tools : await openTools(type, 2);
    const { painter: single } = await openTools(type, 1);
    const [inOneRun, inTwoRuns] = [await denoiseRecorded(guided), await denoiseRecorded(single)];
    for (const { steps, latents } of [inOneRun, inTwoRuns]) {
      expect(steps).toHaveLength(6);
      steps.forEach((step, index) =>
        expectClose(step, wanted.subarray(index * size, (index + 1) * size), 2e-4),
      );
      expectClose(latents, wanted.subarray(-size), 2e-4);
    }
    inOneRun.steps.forEach((step, index) =>
      expectClose(step, inTwoRuns.steps[index] ?? [], FORMS_DIFFER),
    );
  });

  it('takes one pass alone where nothing guides', async () => {
    const { painter } = await openTools(type, 1);
    const { latents } = await denoiseRecorded(painter, 1);
    const guided = (await recorded.read('steps')).subarray(-latents.length);
    expect(latents.every(Number.isFinite)).toBe(true);
    expect(latents.some((value, index) => Math.abs(value - (guided[index] ?? 0)) > 0.1)).toBe(true);
    const { painter: two } = type === 'bfloat16' ? tools : await openTools(type, 2);
    await expect(denoiseRecorded(two, 1)).rejects.toThrow('a run makes 2 passes');
  });
});

describe('an edit', () => {
  it('gives the picture that the reference gives from the same noise', async () => {
    const noise = unpack(await recorded.read('noise'), SIZE);
    const drawn = await recorded.read('posterior.noise');
    const given = Float32Array.of(...noise, ...drawn);
    const { image, steps } = await runEdit({}, 1, live(), { ...tools, normalNumbers: () => given });
    expect(image).toMatchObject({ format: 'png', width: 150, height: 100 });
    const wanted = await pixelsOf(await readFile(join(FIXTURES, 'result.png')));
    expectClose(await pixelsOf(image.bytes), wanted, 1);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((step) => ({ step, steps: 6 })));
  });

  it('is decided by its seed', async () => {
    const [first, again, other] = [await runEdit(), await runEdit(), await runEdit({}, 2)];
    expect(again.image.bytes).toEqual(first.image.bytes);
    expect(other.image.bytes).not.toEqual(first.image.bytes);
  });

  it('shows previews on the way, the last of them near the result', async () => {
    const { steps } = await runEdit({ previewEvery: 2 });
    expect(steps.map(({ preview }) => preview !== undefined)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(steps[3]?.preview).toMatchObject({ format: 'jpeg', width: 112, height: 64 });
  });

  it('stops between two calls of the model', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const work = edit(
      tools,
      AS_RECORDED,
      { image: source, references: [], instruction: 'make it better', seed: 1 },
      { signal: stop.signal },
    );
    await work.next();
    await work.next();
    stop.abort(reason);
    await expect(work.next()).rejects.toBe(reason);
  });

  it('refuses further pictures', async () => {
    const input = { image: source, references: [source], instruction: 'x', seed: 1 };
    await expect(edit(tools, AS_RECORDED, input, live()).next()).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    });
  });
});

describe('noise', () => {
  it('is normally distributed, and the same for the same seed', () => {
    const numbers = normalNumbers(7, 40_001);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const square = numbers.reduce((sum, value) => sum + value ** 2, 0) / numbers.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(square).toBeCloseTo(1, 1);
    const inside = numbers.filter((value) => Math.abs(value) < 1).length / numbers.length;
    expect(inside).toBeCloseTo(0.683, 1);
    expect(normalNumbers(7, 5)).toEqual(numbers.subarray(0, 5).map((value) => value));
    expect(normalNumbers(8, 5)).not.toEqual(normalNumbers(7, 5));
  });
});
