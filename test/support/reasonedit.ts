import { cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'vitest';

import { openWeights } from '../../src/pipeline/engines/reasonedit/safetensors.ts';
import { writeSafetensors } from './safetensors.ts';

/** What the reference recorded, and its checkpoint of random weights. */
export const FIXTURES = fileURLToPath(new URL('../fixtures/reasonedit', import.meta.url));

export const recorded = await openWeights(FIXTURES, 'editor');

/** A copy of the small checkpoint in a folder of its own, its weights stored in the type named. */
export async function copyCheckpoint(type: 'bfloat16' | 'float32'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `checkpoint-${type}-`));
  await cp(join(FIXTURES, 'checkpoint'), folder, { recursive: true });
  if (type === 'float32') {
    for (const component of ['transformer', 'vae']) await widen(join(folder, component));
  }
  return folder;
}

/** Writes the same numbers as float32. */
async function widen(folder: string): Promise<void> {
  const weights = await openWeights(folder, 'diffusion_pytorch_model');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.safetensors'));
  for (const file of files) {
    const names = weights.names.filter((name) => weights.get(name).file === file);
    const tensors = await Promise.all(
      names.map(async (name) => {
        const { shape } = weights.get(name);
        return [
          name,
          { type: 'float32' as const, shape, values: await weights.read(name) },
        ] as const;
      }),
    );
    await writeSafetensors(join(folder, file), Object.fromEntries(tensors));
  }
}

/** Holds when no number is farther than `tolerance` from the one that was recorded. */
export function expectClose(
  actual: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual.length).toBe(wanted.length);
  let worst = 0;
  for (let index = 0; index < wanted.length; index++) {
    const distance = Math.abs((actual[index] ?? Number.NaN) - (wanted[index] ?? Number.NaN));
    worst = Math.max(worst, Number.isNaN(distance) ? Infinity : distance);
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}
