import { describe, expect, it } from 'vitest';

import { understand } from '../../../../support/understand.ts';

const read = (prompt: string): string[] =>
  understand(prompt).wishes.map(({ wish, region }) => `${wish.operation} @ ${region}`);

describe('the place of a wish', () => {
  const places: [prompt: string, region: string][] = [
    ['darken the sky', 'sky'],
    ['make the clouds brighter', 'sky'],
    ['brighten the background a bit', 'background'],
    ['brighten the person', 'subject'],
    ['make my dog brighter', 'subject'],
    ['make the top left corner darker', 'top left'],
    ['darken the bottom right-hand corner', 'bottom right'],
    ['make the corners warmer', 'corners'],
    ['brighten the lower third', 'bottom third'],
    ['brighten the left third', 'left third'],
    ['brighten the midtones', 'midtones'],
    ['make the reds darker', 'red'],
    ['darken the blue parts', 'blue'],
    ['brighten everything that is green', 'green'],
    ['brighten the skin', 'skin'],
    ['darken the area 10,20 to 110,220', 'box 10 20 100 200'],
    ['make the picture brighter', 'picture'],
  ];
  it.each(places)('%s', (prompt, region) => {
    const [wish, ...others] = read(prompt);
    expect(wish?.split(' @ ')[1]).toBe(region);
    expect(others).toEqual([]);
  });

  it('may be all but something', () => {
    for (const prompt of [
      "darken it, but don't touch the sky",
      'darken it and leave the sky alone',
      'darken the picture without changing the sky',
      'darken everything except the sky',
      'darken everything but the sky',
    ]) {
      expect(read(prompt), prompt).toEqual(['exposure @ not sky']);
    }
  });

  it('may be said afterwards', () => {
    expect(read('make it brighter, but only the background')).toEqual(['exposure @ background']);
  });

  it('holds for what is said of the same thing next', () => {
    expect(read('darken the sky and make it cooler')).toEqual(['exposure @ sky', 'warmth @ sky']);
    expect(read('darken the top half and make it cooler')).toEqual([
      'exposure @ top',
      'warmth @ picture',
    ]);
  });
});
