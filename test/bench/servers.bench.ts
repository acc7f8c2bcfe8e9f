import { expect, it } from 'vitest';

import type { Cost } from '../support/fake-openai/reference.ts';
import { costOf, TURNS } from '../support/fake-openai/turns.ts';

const inWords = ({ calls, bytes }: Cost): string => `${calls} calls, ${Math.round(bytes / 1e3)} kB`;

it('what a turn asks of the reasoner, beside the reference loop', async () => {
  for (const turn of TURNS) {
    const { ours, reference, rounds } = await costOf(turn);
    console.log(`${turn} (${rounds}): ours ${inWords(ours)}; reference ${inWords(reference)}`);
    expect(ours.calls).toBeLessThan(reference.calls);
  }
});
