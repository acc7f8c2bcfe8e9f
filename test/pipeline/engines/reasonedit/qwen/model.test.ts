import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  readQwenConfig,
  type QwenConfig,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/config.ts';
import { QWEN_GRAPHS } from '../../../../../src/pipeline/engines/reasonedit/qwen/graphs.ts';
import {
  firstOf,
  type KeyValueCache,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/key-value-cache.ts';
import {
  GREEDY,
  TextModel,
  type Reading,
  type Sampling,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/text-model.ts';
import { VisionTower } from '../../../../../src/pipeline/engines/reasonedit/qwen/vision-tower.ts';
import type { Weights } from '../../../../../src/pipeline/engines/reasonedit/safetensors.ts';
import { openSession } from '../../../../../src/pipeline/engines/reasonedit/onnx/session.ts';
import {
  copyTextEncoder,
  FACTS,
  largestDifference,
  referenceTensors,
  writeQwenGraphs,
} from '../../../../support/qwen-reference.ts';

/** Sums in another order than PyTorch's; the values are around 1. */
const TOLERANCE = 5e-5;

describe.each(['float32', 'bfloat16'] as const)('with weights of %s', (type) => {
  const facts = FACTS[type];
  let folder: string;
  let config: QwenConfig;
  let tower: VisionTower;
  let model: TextModel;
  let wanted: Weights;
  let features: Float32Array;

  beforeAll(async () => {
    folder = await copyTextEncoder(type);
    await writeQwenGraphs(folder, 'float32');
    config = await readQwenConfig(folder);
    const settings = { provider: 'cpu', threads: 1 } as const;
    tower = await VisionTower.open(join(folder, QWEN_GRAPHS.vision), config.vision, settings);
    model = await TextModel.open(join(folder, QWEN_GRAPHS.text), config, 'float32', settings);
    wanted = await referenceTensors(type);
    features = await wanted.read('features');
  });
  afterAll(async () => {
    await tower[Symbol.asyncDispose]();
    await model[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** The prompt of the reference, from its `from`th token on. */
  function promptFrom(from: number, cache: KeyValueCache): Reading {
    const { imageToken, text } = config;
    const [time = [], rows = [], columns = []] = facts.positions;
    const before = facts.input_ids.slice(0, from).filter((token) => token === imageToken).length;
    return {
      tokens: facts.input_ids.slice(from),
      features: features.subarray(before * text.hidden_size),
      positions: [time.slice(from), rows.slice(from), columns.slice(from)],
      nextPosition: Math.max(...facts.positions.flat()) + 1,
      cache,
    };
  }

  async function write(
    count: number,
    chunk: number,
    sampling: Sampling = GREEDY,
    from = 0,
    cache = model.nothing,
  ): Promise<number[]> {
    const chosen: number[] = [];
    let reading = promptFrom(from, cache);
    while (chosen.length < count) {
      const limit = Math.min(chunk, count - chosen.length);
      const seen = [...facts.input_ids, ...chosen];
      const written = await model.write(reading, new Float32Array(limit), sampling, seen);
      chosen.push(...written.chosen);
      const place = reading.nextPosition + written.chosen.length - 1;
      reading = {
        tokens: written.chosen.slice(-1),
        features: new Float32Array(0),
        positions: [[place], [place], [place]],
        nextPosition: place + 1,
        cache: written.cache,
      };
    }
    return chosen;
  }

  it('sees what the reference sees', async () => {
    const pixels = await (await referenceTensors('float32')).read('pixel_values');
    let start = 0;
    let token = 0;
    for (const [, rows, columns] of facts.grid_thw) {
      const values = pixels.subarray(start, (start += rows * columns * 1176));
      const seen = await tower.encode({ grid: { rows, columns }, values });
      const part = features.subarray(token * 64, (token += seen.tokens) * 64);
      expect(largestDifference(seen.features, part)).toBeLessThan(TOLERANCE);
    }
    expect(token * 64).toBe(features.length);
  });

  it('reads as the reference reads', async () => {
    const { hidden } = await model.read(promptFrom(0, model.nothing));
    expect(largestDifference(hidden, await wanted.read('hidden_states'))).toBeLessThan(TOLERANCE);
  });

  it.each([1, 8, 16])('writes the tokens of the reference in chunks of %i', async (chunk) => {
    expect(await write(40, chunk)).toEqual(facts.greedy);
  });

  it('makes tokens less likely that were there before', async () => {
    const sampling = { ...GREEDY, penalty: 1.3 };
    expect(await write(40, 16, sampling)).toEqual(facts.greedy_with_penalty);
  });

  it.each([1, 20, 60, 90])('goes on from what it remembers of %i tokens', async (tokens) => {
    const { cache } = await model.write(
      promptFrom(0, model.nothing),
      new Float32Array(4),
      GREEDY,
      [],
    );
    expect(await write(12, 8, GREEDY, tokens, firstOf(cache, tokens))).toEqual(
      facts.greedy.slice(0, 12),
    );
  });
});

describe('graphs in bfloat16', () => {
  it.each(['vision', 'text'] as const)(
    'for %s are whole: the CPU lacks kernels for them, and nothing else',
    async (part) => {
      const folder = await copyTextEncoder('bfloat16');
      await writeQwenGraphs(folder, 'bfloat16');
      const opening = openSession(join(folder, QWEN_GRAPHS[part]), { provider: 'cpu' });
      const error = await opening.catch((failure: unknown) => failure);
      expect(String((error as Error).cause)).toContain('Could not find an implementation');
      await rm(folder, { recursive: true });
    },
  );
});
