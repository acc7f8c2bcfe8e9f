import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { writeQwenGraphs } from '../support/qwen-reference.ts';
import { median } from './measure.ts';

/**
 * A checkpoint by `test/parity/qwen/make.py --size bench --weights-only`, and a Python that has what test/parity/README.md
 * says. Without them there is nothing to compare with.
 */
const { QWEN_BENCH_CHECKPOINT: checkpoint, QWEN_BENCH_PYTHON: python } = process.env;

const OURS = fileURLToPath(new URL('../support/qwen-bench-side.mjs', import.meta.url));
const REFERENCE = fileURLToPath(new URL('../parity/qwen/time_reference.py', import.meta.url));
const THREADS = '2';
const ROUNDS = 3;
const MEASURES = ['open', 'vision', 'prefill', 'token', 'peak_mib'] as const;

type Times = Record<(typeof MEASURES)[number], number>;

async function run(program: string, args: readonly string[]): Promise<Times> {
  const { stdout } = await promisify(execFile)(program, [...args], { maxBuffer: 1e7 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Times;
}

it.runIf(checkpoint && python)(
  'Qwen2.5-VL on the CPU, beside transformers',
  { timeout: 3_600_000 },
  async () => {
    const folder = checkpoint ?? '';
    await writeQwenGraphs(join(folder, 'text_encoder'), 'float32');
    const begun = (): string => String(Date.now() / 1e3);
    const rounds: { ours: Times; reference: Times }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await run(process.execPath, [OURS, folder, THREADS, begun()]);
      const reference = await run(python ?? '', [
        REFERENCE,
        folder,
        '--threads',
        THREADS,
        '--begun',
        begun(),
      ]);
      rounds.push({ ours, reference });
    }
    for (const name of MEASURES) {
      const ours = median(rounds.map((round) => round.ours[name]));
      const reference = median(rounds.map((round) => round.reference[name]));
      const ratio = median(rounds.map((round) => round.reference[name] / round.ours[name]));
      console.log(
        `${name}: ${ours.toFixed(3)}, reference ${reference.toFixed(3)}, ${ratio.toFixed(2)}×`,
      );
    }
    expect(rounds).toHaveLength(ROUNDS);
  },
);
