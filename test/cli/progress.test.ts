import { describe, expect, it } from 'vitest';

import { progressLine } from '../../src/cli/progress.ts';

describe('progressLine', () => {
  it('fills up with the steps', () => {
    expect(progressLine({ step: 1, steps: 4, elapsedMs: 100 })).toBe(
      '██████░░░░░░░░░░░░░░░░░░  25 %',
    );
    expect(progressLine({ step: 4, steps: 4, elapsedMs: 400 })).toBe(
      '████████████████████████ 100 %',
    );
  });

  it('tells the time left once it is known and worth telling', () => {
    expect(progressLine({ step: 10, steps: 40, elapsedMs: 5_000 })).toContain('  15 s left');
    expect(progressLine({ step: 1, steps: 40, elapsedMs: 900 })).not.toContain('left');
    expect(progressLine({ step: 39, steps: 40, elapsedMs: 20_000 })).not.toContain('left');
  });
});
