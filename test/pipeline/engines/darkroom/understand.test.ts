import { describe, expect, it } from 'vitest';

import left from '../../../fixtures/requests-left.json' with { type: 'json' };
import { EXPECTED_READINGS } from '../../../support/requests.ts';
import { understand } from '../../../support/understand.ts';

const read = (prompt: string): string[] =>
  understand(prompt).wishes.map(({ wish, region }) =>
    region === 'picture' ? wish.operation : `${wish.operation} @ ${region}`,
  );

describe('understand', () => {
  it.each(EXPECTED_READINGS)('$request', ({ request, operations, looks }) => {
    const { looks: named, left: notUnderstood } = understand(request);
    expect(named.map(({ name }) => name)).toEqual(looks);
    // Steps are done in an order of their own, whatever the request says first.
    if (looks.length === 0 || operations.length > 0) {
      expect(read(request).toSorted()).toEqual(operations.toSorted());
    }
    if (looks.length > 0) expect(read(request)).not.toEqual([]);
    expect(notUnderstood).toEqual([]);
  });

  it.each(left)('names what it leaves of: $request', ({ request, operations, left: words }) => {
    expect(read(request)).toEqual(operations);
    expect(understand(request).left).toEqual(words);
  });

  it('never throws, whatever it is told', () => {
    const odd = [
      '',
      ' ',
      '"',
      '“”',
      '🙂',
      '\0\u202e',
      'and and and',
      '%%% 1e999',
      'a'.repeat(4000),
    ];
    for (const request of odd) expect(understand(request).wishes).toEqual([]);
  });

  it('reads nothing that is quoted as a request', () => {
    expect(read('write "make it brighter and rotate it" at the top')).toEqual(['caption']);
  });
});
