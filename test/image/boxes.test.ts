import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fileBrands, iccProfile, sequenceFrames } from '../../src/image/boxes.ts';
import { fixture, latin1 } from './pictures.ts';

describe('boxes', () => {
  it('reads the brands, the major one first', () => {
    expect(fileBrands(fixture('gradient.heic')).slice(0, 3)).toEqual(['heic', 'mif1', 'heic']);
    expect(fileBrands(latin1('no boxes at all'))).toEqual([]);
  });

  it('counts the frames of a sequence', () => {
    expect(sequenceFrames(fixture('animated.avif'))).toBe(4);
    expect(sequenceFrames(fixture('gradient.heic'))).toBe(0);
  });

  it('finds the colour profile', () => {
    const profile = iccProfile(fixture('gradient.heic'));
    expect(profile?.length).toBe(480);
    expect(Buffer.from(profile ?? []).toString('latin1', 36, 40)).toBe('acsp');
    expect(iccProfile(fixture('two-pictures.heic'))).toBeUndefined();
  });

  it('gets along with anything', () => {
    const file = fixture('animated.avif');
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.uint8Array({ maxLength: 9 }), (at, patch) => {
        const bent = Buffer.from(file);
        bent.set(patch.slice(0, file.length - at), at);
        sequenceFrames(bent);
        iccProfile(bent);
        fileBrands(bent);
      }),
    );
  });
});
