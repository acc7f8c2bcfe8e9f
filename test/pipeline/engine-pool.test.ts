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
});
