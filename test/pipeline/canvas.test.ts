import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCanvas, readCanvas, withCanvas } from '../../src/pipeline/canvas.ts';

describe('the canvas that an instruction asks for', () => {
  it.each([
    ['16:9', { width: 16, height: 9 }],
    [' 1 x 1 ', { width: 1, height: 1 }],
    ['2.39:1', { width: 2.39, height: 1 }],
    ['same', undefined],
    ['40:1', undefined],
    ['0:1', undefined],
  ])('is read from %s', (text, expected) => expect(parseCanvas(text)).toEqual(expected));

  it('goes along at its end, and is taken off again', () => {
    const side = fc.integer({ min: 4, max: 16 });
    fc.assert(
      fc.property(fc.string(), side, side, (text, width, height) => {
        const words = text.trim();
        expect(readCanvas(withCanvas(words, { width, height }))).toEqual({
          words,
          canvas: { width, height },
        });
      }),
    );
    expect(readCanvas('Add a hat.')).toEqual({ words: 'Add a hat.' });
  });
});
