import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { ChatTokenizer } from '../../../../../src/pipeline/engines/reasonedit/qwen/chat-tokenizer.ts';
import { readQwenConfig } from '../../../../../src/pipeline/engines/reasonedit/qwen/config.ts';
import {
  generate,
  type GenerateOptions,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/generate.ts';
import { QWEN_GRAPHS } from '../../../../../src/pipeline/engines/reasonedit/qwen/graphs.ts';
import { PrefixMemory } from '../../../../../src/pipeline/engines/reasonedit/qwen/prefix-memory.ts';
import {
  layPrompt,
  type Prompt,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/prompt.ts';
import { TextModel } from '../../../../../src/pipeline/engines/reasonedit/qwen/text-model.ts';
import type { SeenPicture } from '../../../../../src/pipeline/engines/reasonedit/qwen/vision-tower.ts';
import {
  copyTextEncoder,
  FACTS,
  QWEN,
  referenceTensors,
  writeQwenGraphs,
} from '../../../../support/qwen-reference.ts';

const GREEDY = {
  temperature: 1,
  topP: 0,
  penalty: 1,
  maxTokens: 40,
  seed: 1,
  stopAfter: [],
} satisfies GenerateOptions;
const WARM = { ...GREEDY, temperature: 0.7, topP: 0.9 };

let folder: string;
let model: TextModel;
let tokenizer: ChatTokenizer;
let pictures: SeenPicture[];
beforeAll(async () => {
  folder = await copyTextEncoder('float32');
  await writeQwenGraphs(folder, 'float32');
  model = await TextModel.open(
    join(folder, QWEN_GRAPHS.text),
    await readQwenConfig(folder),
    'float32',
    {
      provider: 'cpu',
      threads: 1,
    },
  );
  tokenizer = await ChatTokenizer.open(QWEN);
  const features = await (await referenceTensors('float32')).read('features');
  let start = 0;
  pictures = FACTS.float32.grid_thw.map(([, rows, columns]) => {
    const tokens = (rows * columns) / 4;
    return {
      grid: { rows, columns },
      tokens,
      features: features.slice(start, (start += tokens * 64)),
    };
  });
});
afterAll(async () => {
  await model[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const never = { signal: new AbortController().signal };

function promptOf(text: string, shown: readonly SeenPicture[]): Prompt {
  const { imageToken, vision } = model.config;
  return layPrompt(tokenizer.encode(text), shown, {
    imageToken,
    spatialMergeSize: vision.spatial_merge_size,
  });
}

async function answer(
  prompt: Prompt,
  options: GenerateOptions,
  memory = new PrefixMemory(model.config.imageToken),
): Promise<{ said: string; deltas: string[] }> {
  const generating = generate({ model, tokenizer, memory }, prompt, options, never);
  const deltas: string[] = [];
  let next = await generating.next();
  while (!next.done) {
    deltas.push(next.value);
    next = await generating.next();
  }
  return { said: next.value, deltas };
}

describe('an answer', () => {
  it('is that of the reference, and comes in parts', async () => {
    const { said, deltas } = await answer(promptOf(FACTS.float32.text, pictures), GREEDY);
    expect(said).toBe(tokenizer.decode(FACTS.float32.greedy).replace(/\uFFFD+$/, ''));
    expect(deltas.join('')).toBe(said);
    expect(deltas.length).toBeGreaterThan(1);
  });

  it('is the same for the same seed, and another for another', async () => {
    const prompt = promptOf(FACTS.float32.text, pictures);
    const [first, again, other] = [
      await answer(prompt, WARM),
      await answer(prompt, WARM),
      await answer(prompt, { ...WARM, seed: 2 }),
    ];
    expect(again).toEqual(first);
    expect(other.said).not.toBe(first.said);
  });

  it('ends at the first of the marks that it is to stop after', async () => {
    const prompt = promptOf(FACTS.float32.text, pictures);
    const { said: whole } = await answer(prompt, GREEDY);
    const mark = whole.slice(4, 6);
    const write = vi.spyOn(model, 'write');
    const { said } = await answer(prompt, { ...GREEDY, stopAfter: ['not there', mark] });
    expect(said).toBe(whole.slice(0, whole.indexOf(mark) + mark.length));
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  });

  it('is broken off between two chunks', async () => {
    const controller = new AbortController();
    const memory = new PrefixMemory(model.config.imageToken);
    const prompt = promptOf(FACTS.float32.text, pictures);
    const generating = generate({ model, tokenizer, memory }, prompt, GREEDY, {
      signal: controller.signal,
    });
    await generating.next();
    controller.abort(new Error('enough'));
    await expect(generating.next()).rejects.toThrow('enough');
  });
});

describe('what prompts have in common', () => {
  const BOTH = FACTS.float32.text;
  const ASKED = BOTH.replace('Make the sky blue!', 'Is the sky blue now?');
  const ONE = ASKED.replace('<|vision_start|><|image_pad|><|vision_end|>', '');

  it('is read once, and the answers are as if all was read', async () => {
    const memory = new PrefixMemory(model.config.imageToken);
    const write = vi.spyOn(model, 'write');
    const read = async (text: string, shown: SeenPicture[]): Promise<number> => {
      const prompt = promptOf(text, shown);
      write.mockClear();
      const { said } = await answer(prompt, WARM, memory);
      const tokens = write.mock.calls[0]?.[0].tokens.length ?? 0;
      expect(said).toBe((await answer(prompt, WARM)).said);
      return tokens;
    };
    const [source, edited] = pictures as [SeenPicture, SeenPicture];
    const text = tokenizer.encode(ASKED.slice(ASKED.lastIndexOf('<|vision_end|>'))).length;
    const whole = promptOf(ONE, [source]).tokens.length;
    expect(await read(ONE, [source])).toBe(whole);
    expect(await read(ONE.replace('blue', 'green'), [source])).toBe(text);
    // The source is known; the result is new, and so is what stands between them.
    expect(await read(BOTH, [source, edited])).toBe(
      promptOf(BOTH, [source, edited]).tokens.length - (whole - text),
    );
    expect(await read(ASKED, [source, edited])).toBe(text);
    expect(await read(ONE, [edited])).toBe(
      promptOf(ONE, [edited]).tokens.length -
        tokenizer.encode(ONE.split('<|image_pad|>')[0] ?? '').length,
    );
    expect(await read(ASKED, [source, edited])).toBe(text);
    write.mockRestore();
  });
});
