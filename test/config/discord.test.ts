import { describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';

describe('the settings of Discord', () => {
  it('name shards, and of how many', () => {
    const { DISCORD_SHARDS } = parseSettings({ DISCORD_SHARDS: '0,2/4' });
    expect(DISCORD_SHARDS).toEqual({ ids: [0, 2], count: 4 });
  });
});
