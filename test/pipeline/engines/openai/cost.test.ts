import { describe, expect, it } from 'vitest';

import { costOf, TURNS } from '../../../support/fake-openai/turns.ts';

describe('what a turn asks of the reasoner', () => {
  it.each(TURNS)('is less than the reference loop asks for: %s', async (turn) => {
    const { ours, reference } = await costOf(turn);
    expect(ours.calls).toBeLessThan(reference.calls);
    expect(ours.bytes).toBeLessThan(reference.bytes);
  });
});
