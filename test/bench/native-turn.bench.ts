import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { prepareCheckpoint } from '../../src/pipeline/engines/reasonedit/prepare/prepare.ts';
import {
  PROMPTS_FILE,
  readPrompts,
} from '../../src/pipeline/engines/reasonedit/reasoner/prompts.ts';
import { besideReference } from './beside-reference.ts';

/**
 * A checkpoint with both models, and a Python, by test/parity/README.md. Without them there is nothing to compare with.
 * Both sides take the prompts beside the checkpoint, or else the project's own.
 */
const { TURN_BENCH_CHECKPOINT: checkpoint = '', TURN_BENCH_PYTHON: python = '' } = process.env;

it.runIf(checkpoint && python)(
  'a whole turn on the CPU, beside the released pipeline',
  { timeout: 3_600_000 },
  async ({ signal }) => {
    await prepareCheckpoint(checkpoint, 'cpu', { signal });
    const prompts = await readPrompts(checkpoint);
    await writeFile(join(checkpoint, PROMPTS_FILE), JSON.stringify(prompts));
    await neverStop(join(checkpoint, 'text_encoder', 'generation_config.json'));
    const ours = 'turn-bench-side.mjs';
    const reference = 'time_turn.py';
    const measures = ['open', 'think', 'edit', 'reflect', 'turn', 'peak_mib'] as const;
    expect(await besideReference({ ours, reference, python, checkpoint, measures })).toBe(3);
  },
);

/** Both sides then write as many tokens as they may. */
async function neverStop(path: string): Promise<void> {
  const config = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...config, eos_token_id: -1 }));
}
