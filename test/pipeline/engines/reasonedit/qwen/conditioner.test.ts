import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Conditioner } from '../../../../../src/pipeline/engines/reasonedit/editor/conditioning.ts';
import { textPositions } from '../../../../../src/pipeline/engines/reasonedit/editor/positions.ts';
import { ChatTokenizer } from '../../../../../src/pipeline/engines/reasonedit/qwen/chat-tokenizer.ts';
import { createConditioner } from '../../../../../src/pipeline/engines/reasonedit/qwen/conditioner.ts';
import { readQwenConfig } from '../../../../../src/pipeline/engines/reasonedit/qwen/config.ts';
import { QWEN_GRAPHS } from '../../../../../src/pipeline/engines/reasonedit/qwen/graphs.ts';
import { TextModel } from '../../../../../src/pipeline/engines/reasonedit/qwen/text-model.ts';
import { VisionTower } from '../../../../../src/pipeline/engines/reasonedit/qwen/vision-tower.ts';
import {
  copyTextEncoder,
  FACTS,
  gradient,
  largestDifference,
  QWEN,
  referenceTensors,
  writeQwenGraphs,
} from '../../../../support/qwen-reference.ts';

/** Its picture is scaled up, which may differ from the reference's by a level here and there. */
const TOLERANCE = 0.02;

let folder: string;
let tower: VisionTower;
let model: TextModel;
let tokenizer: ChatTokenizer;
beforeAll(async () => {
  folder = await copyTextEncoder('float32');
  await writeQwenGraphs(folder, 'float32');
  const config = await readQwenConfig(folder);
  const settings = { provider: 'cpu', threads: 1 } as const;
  tower = await VisionTower.open(join(folder, QWEN_GRAPHS.vision), config.vision, settings);
  model = await TextModel.open(join(folder, QWEN_GRAPHS.text), config, 'float32', settings);
  tokenizer = await ChatTokenizer.open(QWEN);
});
afterAll(async () => {
  await tower[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const call = { signal: new AbortController().signal };

describe('the condition of an edit', () => {
  it('is that of the released pipeline', async () => {
    const { prefix, instruction, text_mask: mask } = FACTS.conditioning;
    const conditioner: Conditioner = createConditioner({
      tower,
      model,
      tokenizer,
      prefix: { text: prefix, tokens: 90 },
    });
    const wanted = await referenceTensors('float32');
    const { hidden, embeddings, quoted, layout } = await conditioner(
      instruction,
      gradient(160, 120),
      call,
    );
    expect([...quoted]).toEqual(mask);
    const differences = {
      hidden: largestDifference(hidden, await wanted.read('embedding')),
      embeddings: largestDifference(
        embeddings.map((value, index) => value * (quoted[Math.floor(index / 64)] ?? 0)),
        await wanted.read('text_embeds'),
      ),
      positions: largestDifference(textPositions(layout), await wanted.read('txt_ids')),
    };
    expect(differences.hidden).toBeLessThan(TOLERANCE);
    expect(differences.embeddings).toBeLessThan(1e-6);
    expect(differences.positions).toBeLessThan(1e-4);
  });

  it('begins with the request where nothing else is said', async () => {
    const conditioner = createConditioner({
      tower,
      model,
      tokenizer,
      prefix: { text: 'Edit it:' },
    });
    const { quoted } = await conditioner('"ab" c', gradient(64, 64), call);
    expect([...quoted].indexOf(1)).toBe(tokenizer.encode(' "').length);
  });
});
