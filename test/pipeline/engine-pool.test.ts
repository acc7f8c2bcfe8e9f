import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { openEnginePool } from '../../src/pipeline/engine-pool.ts';
import { findEngine } from '../../src/pipeline/engines.ts';

describe('a pool of engines', () => {
  it('starts each engine once, and closes them all', async () => {
    let asked = 0;
    const pool = openEnginePool((name) => {
      asked += 1;
      return findEngine(name);
    });
    const [one, other] = await Promise.all([pool.engine('darkroom'), pool.engine('darkroom')]);
    expect(one).toBe(other);
    expect(asked).toBe(1);
    await pool[Symbol.asyncDispose]();
    await expect(pool.engine('darkroom')).rejects.toMatchObject({ code: 'SHUTDOWN' });
    const call = { signal: new AbortController().signal };
    const image = { bytes: new Uint8Array(), format: 'png', width: 1, height: 1 } as const;
    const input = { image, references: [], instruction: '', seed: 1 };
    await expect(one.editor.edit(input, call).next()).rejects.toMatchObject({ code: 'SHUTDOWN' });
  });

  it('tries a start anew that failed', async () => {
    let isThere = false;
    await using pool = openEnginePool((name) => {
      if (isThere) return findEngine(name);
      throw new AppError('ENGINE_UNKNOWN', 'There is none.');
    });
    await expect(pool.engine('darkroom')).rejects.toMatchObject({ code: 'ENGINE_UNKNOWN' });
    isThere = true;
    expect((await pool.engine('darkroom')).name).toBe('darkroom');
  });

  it('hears how much memory each holds, and when it holds none any more', async () => {
    const held: number[] = [];
    const pool = openEnginePool(
      (name) => findEngine(name),
      {},
      (name, bytes) => {
        if (name === 'darkroom') held.push(bytes);
      },
    );
    await pool.engine('darkroom');
    await expect.poll(() => held.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(held[0]).toBeGreaterThan(2 ** 20);
    await pool[Symbol.asyncDispose]();
    expect(held.at(-1)).toBe(0);
  });

  it('tells a process which GPU is its own', async () => {
    await using pool = openEnginePool((name) => ({
      name,
      module: `data:text/javascript,${encodeURIComponent(TELLS_GPU)}`,
      options: {},
      environment: { CUDA_VISIBLE_DEVICES: '3' },
    }));
    expect((await pool.engine('told')).capabilities).toEqual({ gpu: '3' });
  });
});

/** An engine that can nothing but say what it was told. */
const TELLS_GPU = `export const createEngine = async ({ name }) => ({
  name,
  capabilities: { gpu: process.env.CUDA_VISIBLE_DEVICES },
  [Symbol.asyncDispose]: async () => {},
})`;
