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
};

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
): Promise<EditTools & { readonly painter: Painter }> {
  const folder = await copyCheckpoint(type);
  folders.push(folder);
  const checkpoint = await readEditorCheckpoint(folder);
  await writeEditorGraphs(folder, checkpoint, 'float32');
  const { transformer, vae, schedule } = checkpoint;
  const configs = { transformer: transformer.config, vae: vae.config };
  const painter = await Painter.open(folder, configs, CPU);
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
  tools = await openTools('bfloat16');
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

describe.each(['float32', 'bfloat16'] as const)('with weights stored as %s', (type) => {
  it('takes the noise off as the reference does, step by step', async () => {
    const { painter } = type === 'bfloat16' ? tools : await openTools(type);
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
        guidance: 6,
        levels: await recorded.read('sigmas'),
      },
      call,
    );
    const wanted = await recorded.read('steps');
    const size = wanted.length / 6;
    let count = 0;
    let next = await work.next();
    for (; !next.done; next = await work.next(), count++) {
      expectClose(next.value.latents, wanted.subarray(count * size, (count + 1) * size), 2e-4);
    }
    expect(count).toBe(6);
    expectClose(next.value, wanted.subarray(-size), 2e-4);
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
