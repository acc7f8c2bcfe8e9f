import { describe, expect, it } from 'vitest';

import { Terminal } from '../../src/cli/terminal.ts';

function capture({ isTTY = true, columns = 40, env = {} } = {}) {
  let written = '';
  const terminal = new Terminal(
    {
      isTTY,
      columns,
      write: (text) => {
        written += text;
      },
    },
    env,
  );
  return { terminal, written: () => written };
}

const plain = { NO_COLOR: '1' };

describe('Terminal', () => {
  it('has colour on a terminal alone, and not when it is unwanted', () => {
    expect(capture().terminal.style('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(capture({ isTTY: false }).terminal.style('red', 'x')).toBe('x');
    expect(capture({ env: plain }).terminal.style('red', 'x')).toBe('x');
    expect(capture({ env: { TERM: 'dumb' } }).terminal.style('red', 'x')).toBe('x');
  });

  it('breaks flowing text between words, also where pieces cut through them', () => {
    const { terminal, written } = capture({ columns: 20, env: plain });
    for (const piece of ['The sha', 'dows of the pic', 'ture are far t', 'oo deep.']) {
      terminal.flow(piece, 'gray');
    }
    terminal.endFlow();
    expect(written()).toBe('  The shadows of the\n  picture are far\n  too deep.\n');
  });

  it('colours words, not the space around them', () => {
    const { terminal, written } = capture({ columns: 12 });
    terminal.flow('one two three ', 'red');
    terminal.endFlow();
    expect(written()).toBe('  \u001b[31mone two\u001b[39m\n  \u001b[31mthree\u001b[39m\n');
  });

  it('keeps the line breaks of the text', () => {
    const { terminal, written } = capture({ env: plain });
    terminal.flow('One.\n', 'gray');
    terminal.flow('Two.\n\nThree.', 'gray');
    terminal.line('Next');
    expect(written()).toBe('  One.\n  Two.\n\n  Three.\nNext\n');
  });

  it('passes pieces on at once, unbroken, where there is no terminal', () => {
    const { terminal, written } = capture({ isTTY: false, columns: 10 });
    terminal.flow('a long enough sen', 'gray');
    expect(written()).toBe('  a long enough sen');
    terminal.flow('tence', 'gray');
    expect(written()).toBe('  a long enough sentence');
  });

  it('hangs further lines of an item under its first', () => {
    const { terminal, written } = capture({ columns: 24, env: plain });
    terminal.item('plan', 'Warm it.\nBrighten it a lot.');
    terminal.flow('After.', 'gray');
    terminal.endFlow();
    expect(
      written()
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([
      '  plan      Warm it.',
      '            Brighten it',
      '            a lot.',
      '  After.',
      '',
    ]);
  });

  it('draws a line over itself, and what follows over that', () => {
    const { terminal, written } = capture({ env: plain });
    terminal.draw('10 %');
    terminal.draw('20 %');
    terminal.line('done');
    expect(written()).toBe('10 %\r\u001b[K20 %\r\u001b[Kdone\n');
  });

  it('draws nothing where there is no terminal', () => {
    const { terminal, written } = capture({ isTTY: false });
    terminal.draw('10 %');
    expect(written()).toBe('');
  });
});
