import { join } from 'node:path';

import { expect, it } from 'vitest';

import { writeQwenGraphs } from '../support/qwen-reference.ts';
import { besideReference } from './beside-reference.ts';

/**
 * A checkpoint by `test/parity/qwen/make.py --size bench --weights-only`, and a Python that has what test/parity/README.md
 * says. Without them there is nothing to compare with.
 */
const { QWEN_BENCH_CHECKPOINT: checkpoint = '', QWEN_BENCH_PYTHON: python = '' } = process.env;

it.runIf(checkpoint && python)(
  'Qwen2.5-VL on the CPU, beside transformers',
  { timeout: 3_600_000 },
  async () => {
    await writeQwenGraphs(join(checkpoint, 'text_encoder'), 'float32');
    const ours = 'qwen-bench-side.mjs';
    const reference = 'qwen/time_reference.py';
    const measures = ['open', 'vision', 'prefill', 'token', 'peak_mib'] as const;
    expect(await besideReference({ ours, reference, python, checkpoint, measures })).toBe(3);
  },
);
