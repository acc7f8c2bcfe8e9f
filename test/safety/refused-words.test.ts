import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { refusedWordsTest } from '../../src/safety/refused-words.ts';

const letter = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzäéñßøłжλשع7'));
const word = fc.string({ unit: letter, minLength: 1, maxLength: 6 });
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
/** Neither a letter nor a digit, and seen. */
const gap = fc.string({
  unit: fc.constantFrom(...Array.from(' \n\t.,;:!?-_/"\'()…—“”🙂')),
  minLength: 1,
  maxLength: 3,
});
const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });

describe('refused words', () => {
  it('are found wherever they stand as whole words', () => {
    fc.assert(
      fc.property(phrase, anyText, gap, gap, anyText, (refused, before, one, other, after) => {
        const test = refusedWordsTest([refused]);
        expect(test(refused)).toBe(true);
        expect(test(`${before}${one}${refused}${other}${after}`)).toBe(true);
      }),
    );
  });

  it('are not found as a part of longer words', () => {
    fc.assert(
      fc.property(phrase, word, (refused, more) => {
        const test = refusedWordsTest([refused]);
        expect(test(`${more}${refused}`)).toBe(false);
        expect(test(`${refused}${more}`)).toBe(false);
      }),
    );
  });

  it('are found in any case, with any accents, composed or not, and with what is not seen', () => {
    const spelling = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => text.normalize('NFD'),
      (text: string) => text.replaceAll(/\p{L}/gu, (found) => `${found}\u0301`),
      (text: string) => text.replaceAll(/\p{L}/gu, (found) => `${found}\u200B`),
      (text: string) => text.replaceAll(' ', ' -- '),
    );
    fc.assert(
      fc.property(phrase, spelling, (refused, spell) => {
        expect(refusedWordsTest([refused])(spell(refused))).toBe(true);
        expect(refusedWordsTest([spell(refused)])(refused)).toBe(true);
      }),
    );
  });

  it.each([
    ['ass', 'a glass of water', false],
    ['ass', 'assess the classic mass', false],
    ['ass', 'kiss my ASS!', true],
    ['ass', 'ass_hat', true],
    ['naive', 'a naïve picture', true],
    ['naïve', 'NAIVE', true],
    ['straße', 'in the STRASSE', true],
    ['λόγος', 'ΛΟΓΟΣ', true],
    ['no clothes', 'with no\n clothes on', true],
    ['no clothes', 'no more clothes', false],
    ['no clothes', 'no clothesline', false],
    ['脱衣', '请脱衣。', true],
    ['かき', 'がき', false],
    ['दिन', 'दान', false],
    ['דם', 'דָּם', true],
    ['don’t', "don't do it", true],
    ['18', '1814', false],
  ])('%s in “%s”: %s', (refused, text, expected) => {
    expect(refusedWordsTest([refused])(text)).toBe(expected);
  });

  it('refuse nothing where there are none', () => {
    fc.assert(fc.property(anyText, (text) => !refusedWordsTest([])(text)));
  });
});
