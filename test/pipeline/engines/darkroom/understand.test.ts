import { describe, expect, it } from 'vitest';

import { understand } from '../../../../src/pipeline/engines/darkroom/understand.ts';
import cases from '../../../fixtures/darkroom-requests.json' with { type: 'json' };

const read = (prompt: string): string[] =>
  understand(prompt).wishes.map(({ wish, region }) =>
    region === 'picture' ? wish.operation : `${wish.operation} @ ${region}`,
  );

describe('understand', () => {
  it.each(cases.understood)('$request', ({ request, operations }) => {
    expect(read(request)).toEqual(operations);
    expect(understand(request).left).toEqual([]);
  });

  it.each(cases.left)('names what it leaves of: $request', ({ request, operations, left }) => {
    expect(read(request)).toEqual(operations);
    expect(understand(request).left).toEqual(left);
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
