import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fieldSoFar, jsonIn } from '../../../../src/pipeline/engines/openai/json-text.ts';

describe('JSON in what a model says', () => {
  it.each([
    ['{"a": 1}', { a: 1 }],
    ['Sure! ```json\n{"a": "}"}\n``` Bye {}.', { a: '}' }],
    ['<think>{"a": 1}</think>\n{"a": 2}', { a: 2 }],
    ['{as you wish}: {"a": {"b": "\\"{"}}', { a: { b: '"{' } }],
    ['no', undefined],
    ['{"a": 1', undefined],
    ['<think>{"a": 1}', undefined],
  ])('is found: %s', (text, expected) => expect(jsonIn(text)).toEqual(expected));

  it('is found whatever stands around it', () => {
    const words = fc.string().filter((text) => !/[{}<]/.test(text));
    fc.assert(
      fc.property(words, fc.dictionary(fc.string(), fc.jsonValue()), words, (a, value, b) => {
        const json = JSON.stringify(value);
        expect(jsonIn(`${a}${json}${b}`)).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('a field that is still being said', () => {
  it('only ever grows, and ends as the whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const text = JSON.stringify({ first: 1, reason: words, last: 'x' });
        let before = '';
        for (let end = 0; end <= text.length; end += 1) {
          const now = fieldSoFar(text.slice(0, end), 'reason');
          expect(now.startsWith(before)).toBe(true);
          before = now;
        }
        expect(before).toBe(words);
      }),
    );
  });
});
