import { describe, expect, it } from 'vitest';

import { ACTION_KINDS } from '../../src/bots/actions.ts';
import { sentencesFor } from '../../src/bots/sentences.ts';
import { ERROR_CODES } from '../../src/errors.ts';

describe.each([undefined, 'en', 'xx'])('the sentences for %s', (locale) => {
  const sentences = sentencesFor(locale);

  it('have whole ones for each failure, one or two', () => {
    for (const code of ERROR_CODES) {
      expect(sentences.failures[code], code).toMatch(/^[A-Z][^.]+\.(?: [A-Z][^.]+\.)?$/);
    }
  });

  it('have labels for all buttons, short enough for any platform', () => {
    for (const action of ACTION_KINDS) {
      expect(sentences.buttons[action].length).toBeGreaterThan(0);
      expect(sentences.buttons[action].length).toBeLessThanOrEqual(20);
    }
    expect(sentences.useRound(10).length).toBeLessThanOrEqual(20);
  });

  it('round times, so that they do not change all the time', () => {
    const etas = [1, 4_000, 12_000, 59_000, 61_000, 200_000, 1_900_000];
    expect(etas.map((etaMs) => sentences.queued(0, etaMs))).toEqual(
      [
        '5 seconds',
        '5 seconds',
        '10 seconds',
        '1 minute',
        '1 minute',
        '3 minutes',
        '30 minutes',
      ].map((time) => `Next in the queue: done in about ${time}.`),
    );
  });
});
