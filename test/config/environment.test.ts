import { afterEach, describe, expect, it, vi } from 'vitest';

import { engineEnvironment } from '../../src/config/engines.ts';
import { childEnvironment } from '../../src/config/environment.ts';
import { parseSettings, SECRET_NAMES } from '../../src/config/index.ts';

describe('the environment of a child', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('holds no secret', () => {
    for (const name of SECRET_NAMES) vi.stubEnv(name, 'a secret');
    vi.stubEnv('LANG', 'de');
    expect(Object.values(childEnvironment())).not.toContain('a secret');
    expect(childEnvironment()).toMatchObject({ LANG: 'de' });
  });

  it('names the GPU that the settings choose, whatever was there', () => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '0,1');
    const told = engineEnvironment(parseSettings({ GPU: '1' }));
    expect(childEnvironment(told)).toMatchObject({ CUDA_VISIBLE_DEVICES: '1' });
    expect(childEnvironment(engineEnvironment(parseSettings({})))).toMatchObject({
      CUDA_VISIBLE_DEVICES: '0,1',
    });
  });
});
