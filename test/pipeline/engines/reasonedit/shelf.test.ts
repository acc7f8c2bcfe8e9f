import { describe, expect, it } from 'vitest';

import { Shelf } from '../../../../src/pipeline/engines/reasonedit/shelf.ts';

/** Notes when each of two models comes and goes. */
function notedShelf(residence: 'together' | 'in-turns') {
  const notes: string[] = [];
  const opener = (name: string) => () => {
    notes.push(`${name} comes`);
    return Promise.resolve({
      name,
      [Symbol.asyncDispose]: () => {
        notes.push(`${name} goes`);
        return Promise.resolve();
      },
    });
  };
  return { notes, shelf: new Shelf(residence, opener('reader'), opener('painter')) };
}

describe('a shelf', () => {
  it('keeps both models where there is room', async () => {
    const { notes, shelf } = notedShelf('together');
    await shelf.fill();
    const first = await shelf.painter();
    await shelf.reader();
    expect(await shelf.painter()).toBe(first);
    expect(notes).toEqual(['reader comes', 'painter comes']);
    await shelf[Symbol.asyncDispose]();
    expect(notes.slice(2)).toEqual(['painter goes', 'reader goes']);
  });

  it('closes one before it opens the other where there is not', async () => {
    const { notes, shelf } = notedShelf('in-turns');
    await shelf.fill();
    await shelf.painter();
    await shelf.painter();
    await shelf.reader();
    await shelf[Symbol.asyncDispose]();
    expect(notes).toEqual([
      'reader comes',
      'reader goes',
      'painter comes',
      'painter goes',
      'reader comes',
      'reader goes',
    ]);
  });
});
