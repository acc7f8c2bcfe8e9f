import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { duration, jsonLine, printable, printableLine } from '../../src/cli/text.ts';

const HOSTILE = [
  { what: 'colours', text: 'a\u001b[31mb\u001b[0mc', shown: 'abc' },
  { what: 'a cleared screen', text: '\u001b[2J\u001b[Hgone', shown: 'gone' },
  { what: 'a window title', text: '\u001b]0;pwned\u0007title', shown: 'title' },
  { what: 'a link', text: '\u001b]8;;http://evil\u001b\\here\u001b]8;;\u001b\\', shown: 'here' },
  { what: 'an 8-bit sequence', text: 'a\u009b31mb', shown: 'ab' },
  { what: 'an overwritten line', text: 'safe\rEVIL', shown: 'safe\nEVIL' },
  { what: 'a bell and backspaces', text: 'a\u0007b\b\bc', shown: 'abc' },
  { what: 'turned writing', text: 'a\u202egpj.exe\u202c', shown: 'agpj.exe' },
  { what: 'a lone escape', text: 'half \u001b', shown: 'half ' },
];

describe('printable', () => {
  it.each(HOSTILE)('takes out $what', ({ text, shown }) => {
    expect(printable(text)).toBe(shown);
  });

  it('keeps what people write', () => {
    const text = 'Größer – 日本語 🌄 naïve\nשלום “quoted”';
    expect(printable(text)).toBe(text);
  });

  it('lets no control character through but line feeds, however it is split into pieces', () => {
    const pieces = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001b', '[31m', '\u009b', ']0;x')),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const shown = parts.map(printable).join('');
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('printableLine', () => {
  it('makes one line of many', () => {
    expect(printableLine(' one \r\n\n two\u2028three ')).toBe('one two three');
  });
});

describe('jsonLine', () => {
  it('is one safe line that reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = jsonLine({ text });
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(line.at(-1)).toBe('\n');
        expect(JSON.parse(line)).toEqual({ text });
      }),
    );
  });
});

describe('duration', () => {
  it.each([
    [0, '0.0 s'],
    [440, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
