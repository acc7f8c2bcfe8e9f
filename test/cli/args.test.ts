import { describe, expect, it } from 'vitest';

import { MAX_PROMPT_LENGTH, parseCommand } from '../../src/cli/args.ts';

describe('parseCommand', () => {
  it('reads an edit with what it leaves to the settings absent', () => {
    expect(parseCommand(['edit', 'photo.jpg', 'warmer'])).toEqual({
      name: 'edit',
      image: 'photo.jpg',
      references: [],
      prompt: 'warmer',
      seed: 0,
      json: false,
    });
  });

  it('reads every option, before and after the picture', () => {
    const argv = ['edit', '--json', '--seed=-7', 'a b.png', '--max-rounds', '10', 'heller, bitte'];
    expect(parseCommand([...argv, '--out', 'x/y', '--engine', 'darkroom'])).toEqual({
      name: 'edit',
      image: 'a b.png',
      references: [],
      prompt: 'heller, bitte',
      out: 'x/y',
      engine: 'darkroom',
      maxRounds: 10,
      seed: -7,
      json: true,
    });
  });

  it('takes several pictures before the request', () => {
    expect(parseCommand(['edit', 'a.jpg', './b', 'c d.png', 'side by side'])).toMatchObject({
      image: 'a.jpg',
      references: ['./b', 'c d.png'],
      prompt: 'side by side',
    });
  });

  it('takes a request that begins with a dash after --', () => {
    expect(parseCommand(['edit', '--', 'photo.jpg', '-10 % brightness'])).toMatchObject({
      prompt: '-10 % brightness',
    });
  });

  it.each([[[]], [['help']], [['--help']], [['-h']], [['edit', '--help']], [['demo', '-h']]])(
    'shows help for %j',
    (argv) => {
      expect(parseCommand(argv)).toEqual({ name: 'help' });
    },
  );

  it.each([[['--version']], [['version']], [['edit', '--version']]])(
    'shows the version for %j',
    (argv) => {
      expect(parseCommand(argv)).toEqual({ name: 'version' });
    },
  );

  it.each([
    { argv: ['paint'], says: /^Unknown command "paint"/ },
    { argv: ['--loud'], says: /^Unknown option "--loud"/ },
    { argv: ['edit'], says: /picture/ },
    { argv: ['edit', 'photo.jpg'], says: /in quotes/ },
    { argv: ['edit', 'photo.jpg', 'make', 'it', 'warm'], says: /in quotes/ },
    { argv: ['edit', 'photo.jpg', 'other.jpg'], says: /in quotes/ },
    { argv: ['edit', 'a.jpg', 'b.jpg', 'warmer', 'please'], says: /whole request in quotes/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--loud'], says: /^Unknown option '--loud';/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--seed'], says: /--seed/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--seed', '-1'], says: /--seed/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--seed', '1.5'], says: /whole number, not "1.5"/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--seed', '9007199254740993'], says: /--seed/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--max-rounds', '0'], says: /from 1 to 10/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--max-rounds', '11'], says: /from 1 to 10/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--max-rounds', 'two'], says: /not "two"/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--out', ''], says: /--out/ },
    { argv: ['edit', 'photo.jpg', 'warm', '--json=yes'], says: /--json/ },
    { argv: ['demo', 'photo.jpg'], says: /no arguments/ },
    { argv: ['doctor', '--all'], says: /^Unknown option '--all';/ },
  ])('refuses $argv', ({ argv, says }) => {
    expect(() => parseCommand(argv)).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE', message: expect.stringMatching(says) }),
    );
  });

  it.each(['', '   ', '\n'])('refuses the empty request %j', (prompt) => {
    expect(() => parseCommand(['edit', 'photo.jpg', prompt])).toThrow(
      expect.objectContaining({ code: 'EMPTY_REQUEST' }),
    );
  });

  it('counts characters as people do, and takes no more than allowed', () => {
    const longest = '🌄'.repeat(MAX_PROMPT_LENGTH);
    expect(parseCommand(['edit', 'photo.jpg', longest])).toMatchObject({ prompt: longest });
    expect(() => parseCommand(['edit', 'photo.jpg', `${longest}!`])).toThrow(
      expect.objectContaining({ code: 'REQUEST_TOO_LONG' }),
    );
  });
});
