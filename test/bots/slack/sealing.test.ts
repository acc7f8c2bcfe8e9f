import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { seal, unseal } from '../../../src/bots/slack/sealing.ts';

const key = randomBytes(32);

describe('what is sealed', () => {
  it('is read by those with the key, in the name of its owner', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, owner) => {
        expect(unseal(seal(text, owner, key), owner, key)).toBe(text);
      }),
    );
  });

  it('is nothing to others', () => {
    const sealed = seal('xoxb-secret', 'T1', key);
    expect(sealed).not.toContain('secret');
    expect(seal('xoxb-secret', 'T1', key)).not.toBe(sealed);
    expect(unseal(sealed, 'T2', key)).toBe(undefined);
    expect(unseal(sealed, 'T1', randomBytes(32))).toBe(undefined);
    expect(unseal(`${sealed.slice(0, -2)}AA`, 'T1', key)).toBe(undefined);
    expect(unseal('v1.', 'T1', key)).toBe(undefined);
    expect(unseal('', 'T1', key)).toBe(undefined);
  });
});
