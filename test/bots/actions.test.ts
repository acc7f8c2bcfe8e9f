import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  ACTION_KINDS,
  decodeAction,
  encodeAction,
  MAX_ACTION_CHARACTERS,
} from '../../src/bots/actions.ts';

const action = fc.record(
  {
    action: fc.constantFrom(...ACTION_KINDS),
    turnId: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
    round: fc.nat({ max: 99 }),
  },
  { requiredKeys: ['action', 'turnId'] },
);

describe('what a button carries', () => {
  it('fits, and reads back as it was', () => {
    fc.assert(
      fc.property(action, (one) => {
        const text = encodeAction(one);
        expect(text.length).toBeLessThanOrEqual(MAX_ACTION_CHARACTERS);
        expect(decodeAction(text)).toEqual(one);
      }),
    );
  });

  it('stays what it is: buttons of old messages are pressed for years', () => {
    expect(encodeAction({ action: 'use', turnId: 'frtcbus4j7u3iyzi', round: 2 })).toBe(
      'edit1|use|frtcbus4j7u3iyzi|2',
    );
    expect(encodeAction({ action: 'stop', turnId: 'frtcbus4j7u3iyzi' })).toBe(
      'edit1|stop|frtcbus4j7u3iyzi|',
    );
  });

  it('is nothing where it is not ours', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeAction(text)).toBe(undefined);
      }),
    );
    for (const text of [
      'edit1|fly|t|',
      'edit1|use||1',
      'edit1|use|t|-1',
      'edit1|use|%|',
      'x|use|t|1',
    ]) {
      expect(decodeAction(text)).toBe(undefined);
    }
  });

  it('refuses an id that would not fit', () => {
    expect(() => encodeAction({ action: 'stop', turnId: 'x'.repeat(100) })).toThrow(RangeError);
  });
});
