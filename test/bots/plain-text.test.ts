import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clip, plain, plainLine } from '../../src/bots/plain-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.lorem({ maxCount: 20 }),
);

describe('plain text', () => {
  it('has nothing that can not be seen, and is plain already the second time', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = plain(raw);
        expect(once.replaceAll('\n', '')).not.toMatch(
          /\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
        );
        expect(plain(once)).toBe(once);
      }),
    );
  });

  it('keeps words, markup and languages as they are', () => {
    for (const kept of ['<!channel> *bold* `x`', 'שלום 🏳️‍🌈 مرحبا', 'a\nb']) {
      expect(plain(kept)).toBe(kept);
    }
    expect(plain('a\r\nb\tc\u0007')).toBe('a\nb c');
    expect(plainLine(' a\n\n b ')).toBe('a b');
  });
});

describe('clipping', () => {
  it('never gives more than was asked for, and all where there is room', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 90 }), fc.constantFrom('start', 'end'), (raw, max, keep) => {
        const whole = plain(raw);
        const cut = clip(whole, max, keep);
        expect(cut.length).toBeLessThanOrEqual(max);
        if (whole.length <= max) expect(cut).toBe(whole);
        else if (max > 0) expect(keep === 'start' ? cut.at(-1) : cut.at(0)).toBe('…');
        expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('cuts between words and never through a character', () => {
    expect(clip(plain('the quick brown fox'), 12)).toBe('the quick…');
    expect(clip(plain('the quick brown fox'), 12, 'end')).toBe('…brown fox');
    const flags = plain('🏳️‍🌈🏳️‍🌈🏳️‍🌈');
    expect(clip(flags, 10)).toBe('🏳️‍🌈…');
    expect(clip(flags, 10, 'end')).toBe('…🏳️‍🌈');
  });
});
