import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { tabulated } from '../../../../../src/pipeline/engines/darkroom/pixels/colour-table.ts';
import {
  colourCalled,
  COLOUR_PATTERN,
} from '../../../../../src/pipeline/engines/darkroom/pixels/colour-names.ts';
import { fromOklab, toOklab } from '../../../../../src/pipeline/engines/darkroom/pixels/oklab.ts';
import { changed } from '../../../../support/colours.ts';

const channel = fc.double({ min: 0, max: 1, noNaN: true });

describe('a tabulated change of color', () => {
  it('is exact where the change is linear', () => {
    const stage = tabulated(([red, green, blue]) => [green, (red + blue) / 2, 1 - blue]);
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const expected = [green, (red + blue) / 2, 1 - blue];
        for (const [index, value] of changed(stage, [red, green, blue]).entries()) {
          expect(value).toBeCloseTo(expected[index] ?? 0, 5);
        }
      }),
    );
  });

  it('leaves alone, to the bit, what it does not change', () => {
    const stage = tabulated((color) => (color[0] > 0.5 ? [0, 0, 0] : color));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.49, noNaN: true }), channel, (red, green) => {
        const row = Float32Array.of(red, green, 0.3);
        expect(changed(stage, [red, green, 0.3])).toEqual([...row]);
      }),
    );
  });

  it('keeps to the range of its nodes', () => {
    const stage = tabulated(([red, green, blue]) => [red ** 3, Math.sin(green * 9) ** 2, blue]);
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        for (const value of changed(stage, [red, green, blue])) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('Oklab', () => {
  it('comes back to the same color', () => {
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const back = fromOklab(toOklab(red, green, blue));
        for (const [index, value] of back.entries()) {
          expect(Math.abs(value - ([red, green, blue][index] ?? 0))).toBeLessThan(2e-3);
        }
      }),
    );
  });

  it('makes paler what sRGB can’t hold, and keeps its hue', () => {
    const [lightness, a, b] = toOklab(...fromOklab([0.6, 0.3, 0.2]));
    expect(lightness).toBeCloseTo(0.6, 2);
    expect(Math.atan2(b, a)).toBeCloseTo(Math.atan2(0.2, 0.3), 2);
  });
});

describe('a color', () => {
  it.each([
    ['red', [214, 32, 32]],
    ['#ff8800', [255, 136, 0]],
    ['#0af', [0, 170, 255]],
  ] as const)('is read by name and by number: %s', (words, expected) => {
    expect(colourCalled(words).map((value) => Math.round(value * 255))).toEqual(expected);
    expect(new RegExp(`^(?:${COLOUR_PATTERN})$`).test(words)).toBe(true);
  });

  it('is shaded by the word before it', () => {
    const light = (words: string) => toOklab(...colourCalled(words))[0];
    expect(light('dark green')).toBeLessThan(light('green'));
    expect(light('green')).toBeLessThan(light('light green'));
    expect(light('light green')).toBeLessThan(light('pale green'));
  });
});
