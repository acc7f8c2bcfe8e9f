import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUILT_IN_LOOKS } from '../../../../../src/pipeline/engines/darkroom/looks/built-in.ts';
import { loadLooks } from '../../../../../src/pipeline/engines/darkroom/looks/looks.ts';
import { understand as understandIn } from '../../../../../src/pipeline/engines/darkroom/understand.ts';
import { understand } from '../../../../support/understand.ts';

const named = (prompt: string): string[] => understand(prompt).looks.map(({ name }) => name);

describe('every look that is built in', () => {
  it.each(BUILT_IN_LOOKS)('$name', ({ name, steps }) => {
    for (const step of steps) {
      const { wishes, left } = understandIn(step, { looks: [] });
      expect(left, step).toEqual([]);
      expect(wishes.length, step).toBeGreaterThan(0);
    }
    expect(named(`make it look like ${name}`)).toEqual([name]);
    expect(understand(`${name} please`).left).toEqual([]);
  });
});

describe('a look', () => {
  it('is a mood and not a thing in the picture', () => {
    for (const prompt of ['brighten the desert', 'less moody', 'remove the fog', 'add a lantern']) {
      expect(named(prompt), prompt).toEqual([]);
    }
  });

  it('gives way to what is asked for in so many words', () => {
    const warmths = (prompt: string) =>
      understand(prompt).wishes.filter(({ wish }) => wish.operation === 'warmth');
    expect(warmths('golden hour')).toHaveLength(1);
    expect(warmths('golden hour, but a bit cooler')).toHaveLength(1);
    expect(warmths('golden hour, but a bit cooler')[0]?.wish.optional).toBeUndefined();
  });
});

describe('an operator’s own looks', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'looks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const own = {
    name: 'our brand',
    words: ['our brand', 'golden hour'],
    because: 'It is ours.',
    steps: ['cooler'],
  };

  it('go before those that are built in', async () => {
    const file = join(folder, 'looks.json');
    await writeFile(file, JSON.stringify([own]));
    const looks = loadLooks(file);
    expect(looks).toHaveLength(BUILT_IN_LOOKS.length + 1);
    expect(understandIn('golden hour', { looks }).looks).toEqual([own]);
    expect(understandIn('apply our brand', { looks }).wishes).toHaveLength(1);
  });

  it.each([
    ['[{"name": "x"}]', '0.words'],
    ['nonsense', 'JSON'],
    [JSON.stringify([{ ...own, words: ['('] }]), '0.words.0: is no regular expression'],
  ])('that are wrong are refused: %s', async (text, reason) => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, text);
    expect(() => loadLooks(file)).toThrow(
      expect.objectContaining({
        code: 'BAD_SETTINGS',
        message: expect.stringContaining(reason) as string,
      }),
    );
  });

  it('that are missing are missed', () => {
    expect(() => loadLooks(join(folder, 'none.json'))).toThrow(
      expect.objectContaining({ code: 'BAD_SETTINGS' }),
    );
  });
});
