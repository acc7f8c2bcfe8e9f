import { describe, expect, it } from 'vitest';

import { engineOptions } from '../../src/config/engines.ts';
import { parseSettings } from '../../src/config/index.ts';

describe('the settings of engines', () => {
  it('choose the engine of servers where both are named, and none else is', () => {
    const urls = { REASONER_URL: 'http://127.0.0.1/v1', EDITOR_URL: 'http://127.0.0.1/v1' };
    expect(parseSettings(urls).ENGINE).toBe('openai');
    expect(parseSettings({ ...urls, ENGINE: 'darkroom' }).ENGINE).toBe('darkroom');
    expect(parseSettings({ REASONER_URL: urls.REASONER_URL }).ENGINE).toBe('darkroom');
  });

  it('become the options of engines, those of pairs among them', () => {
    const settings = parseSettings({
      EDITOR_URL: 'https://example.com/v1',
      EDITOR_API_KEY: 'sk-1',
      EDITOR_EXTRA: '{"num_inference_steps": 28}',
      ENGINE_PAIRS: 'mine = openai + darkroom, other=darkroom+openai',
      PRICES: 'a/b:c 1 2.5 0, d 0 0 0.04',
    });
    expect(engineOptions(settings)).toMatchObject({
      darkroom: {},
      openai: {
        editor: {
          url: 'https://example.com/v1',
          apiKey: 'sk-1',
          timeoutMs: 600_000,
          extra: { num_inference_steps: 28 },
          megapixels: 1,
          previews: 0,
        },
        prices: {
          'a/b:c': { input: 1, output: 2.5, image: 0 },
          d: { input: 0, output: 0, image: 0.04 },
        },
      },
      mine: { pair: { reasoner: 'openai', editor: 'darkroom' } },
      other: { pair: { reasoner: 'darkroom', editor: 'openai' } },
    });
  });
});
