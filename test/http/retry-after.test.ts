import { describe, expect, it } from 'vitest';

import { retryAfterMs } from '../../src/http/retry-after.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('the wait that a server asks for', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['30', 30_000],
    ['Thu, 01 Jan 2026 12:00:05 GMT', 5_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ])('is in %s: %s', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});
