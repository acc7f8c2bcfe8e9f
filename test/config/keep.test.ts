import { describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import { keepOptions } from '../../src/config/keep.ts';

describe('the settings of keeping', () => {
  it.each([
    [undefined, { size: true, place: true, pixels: true }],
    ['size, pixels', { size: true, place: false, pixels: true }],
    ['none', { size: false, place: false, pixels: false }],
  ])('say what is mended on painted pictures: %s', (KEEP, expected) => {
    expect(keepOptions(parseSettings({ KEEP }))).toEqual(expected);
  });
});
