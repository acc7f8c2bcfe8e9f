import { access } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { ENGINE_NAMES, findEngine } from '../../src/pipeline/engines.ts';

describe('findEngine', () => {
  it.each(ENGINE_NAMES)('names a compiled module for %s', async (name) => {
    const spec = findEngine(name);
    expect(spec).toMatchObject({ name, options: {} });
    await access(new URL(spec.module));
  });

  it.each(['', 'Darkroom', 'toString', '../darkroom'])('knows no engine "%s"', (name) => {
    expect(() => findEngine(name)).toThrow(
      expect.objectContaining({
        code: 'ENGINE_UNKNOWN',
        message: expect.stringContaining(ENGINE_NAMES.join(', ')),
      }),
    );
  });
});
